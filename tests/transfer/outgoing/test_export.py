"""What leaves the store: everything once, nothing that leads to who did not give their name."""

import csv
import io
import json
import re
from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Role
from bot.transfer.incoming.intake import load
from bot.transfer.outgoing import export
from bot.transfer.outgoing.export import write_csv, write_json
from storage.items.importing import walking
from storage.models import Community
from storage.vocabulary import Audience
from tests.clock import WEDNESDAY, StillClock
from tests.stage import BareStage, Person
from tests.transfer.conftest import Items, load_table
from tests.transfer.exporting import Export, row, written

ODD = [
    "=SUM(A1:A9)",
    "+1",
    "-1",
    "@everyone",
    "\tx",
    "\ny",
    "＝1",
    'a "b", c\r\nd\re',
    "'=1",
    "مرحبا **b** <b>",
    "👩‍🚀",
    "'",
    "a\n",
]


async def test_an_item_is_told_with_all_that_happened_to_it(
    exported: Export, camille: Person, stage: BareStage
) -> None:
    await camille.says("/suggest A dark theme")
    await Person(stage, "Sam").says("/support 1")
    await Person(stage, "Mo", Role.MODERATOR).says("/queue 1 planned Spring")
    [item] = await exported()
    history = item.pop("history")
    at = WEDNESDAY.isoformat()
    assert item == {
        "number": 1,
        "kind": "suggestion",
        "text": "A dark theme",
        "area": None,
        "status": history[-1]["after"],
        "audience": "everyone",
        "publication": "shown",
        "name": "named",
        "language": "en",
        "author": "Camille",
        "support": 1,
        "base_support": 0,
        "supporters": 1,
        "joined_to": None,
        "at": at,
        "changed_at": at,
        "community": "plaza",
        "files": [],
        "details": {},
    }
    assert history[0] == {"at": at, "action": "filed", "before": None, "after": "received", "note": ""}


async def test_what_was_taken_from_view_is_told_without_a_word_of_anybody(
    exported: Export, camille: Person, stage: BareStage, core: Core, plaza: Community
) -> None:
    moderator = Person(stage, "Mo", Role.MODERATOR)
    await camille.says("/suggest Bob is a thief")
    await moderator.says("/queue 1 planned Bob pays")
    await moderator.says("/remove 1 Bob is named")
    await camille.says("/appeal 1 Bob is my dog")
    [item] = await exported()
    assert (item["text"], item["author"], item["publication"]) == ("", None, "removed")
    assert [entry["action"] for entry in item["history"]] == ["filed", "status", "removed", "appealed"]
    assert "Bob" not in json.dumps(item) + await written(core, plaza, write_csv)
    assert "Bob is a thief" in await written(core, plaza, partial(write_csv, removed=True))
    assert "Bob is my dog" in await written(core, plaza, partial(write_json, removed=True))
    await moderator.says("/restore 1")
    [item] = await exported()
    assert item["text"] == "Bob is a thief"
    assert [entry["note"] for entry in item["history"]] == ["", "Bob pays", "", "", ""]


async def test_a_nameless_item_leads_to_nobody(exported: Export, camille: Person, core: Core, plaza: Community) -> None:
    await camille.says("/suggest More light")
    await camille.presses("Without my name")
    await camille.presses("Take my name off")
    [item] = await exported()
    assert (item["name"], item["author"]) == ("nameless", None)
    for text in (json.dumps(item), await written(core, plaza, write_csv)):
        assert "Camille" not in text
        assert "hash" not in text


async def test_a_nameless_item_has_days_and_no_change_of_its_name(
    exported: Export, camille: Person, stage: BareStage, core: Core, plaza: Community, clock: StillClock
) -> None:
    await camille.says("/suggest More light")
    clock.forward(hours=13, minutes=30)
    for label in ("Without my name", "Take my name off", "Team only"):
        await camille.presses(label)
    await Person(stage, "Mo", Role.MODERATOR).says("/queue 1 planned Spring")
    [item] = await exported()
    # Half past midnight in Paris.
    assert (item["at"], item["changed_at"]) == ("2026-03-04", "2026-03-05")
    assert [(one["at"], one["action"], one["before"], one["after"]) for one in item["history"]] == [
        ("2026-03-04", "filed", None, "received"),
        ("2026-03-05", "visibility", "everyone", "team"),
        ("2026-03-05", "status", "received", "planned"),
    ]
    for text in (json.dumps(item), await written(core, plaza, write_csv)):
        assert not re.search(r"\d:\d\d|named", text.replace('"nameless"', "").replace(",nameless,", ""))


async def test_a_language_stands_beside_no_name_when_five_people_use_it(
    exported: Export, stage: BareStage, core: Core, plaza: Community
) -> None:
    def languages(found: list[dict[str, Any]]) -> dict[str, set[str | None]]:
        return {name: {one["language"] for one in found if one["name"] == name} for name in ("named", "nameless")}

    for number in range(1, 6):
        if number == 5:
            assert languages(await exported()) == {"named": {"fr"}, "nameless": {None}}
        person = Person(stage, f"Sam {number}", language="fr")
        await person.says("/suggerer Plus de lumière dans la salle")
        await person.says("/suggerer")
        await person.fills(text="Moins de bruit dans la salle", audience="everyone", name="nameless")
        await person.presses("Envoyer")
    assert languages(await exported()) == {"named": {"fr"}, "nameless": {"fr"}}
    assert ",nameless,fr," in await written(core, plaza, write_csv)


async def test_exports_since_several_instants_do_not_tell_when_something_nameless_was_written(
    camille: Person, core: Core, plaza: Community, clock: StillClock
) -> None:
    await camille.says("/suggest")
    await camille.fills(text="More light", audience="everyone", name="nameless")
    await camille.presses("Send")
    at = clock.now()
    for since, found in ((at + timedelta(hours=12), 1), (at - timedelta(hours=9), 1), (at + timedelta(hours=14), 0)):
        assert len(json.loads(await written(core, plaza, partial(write_json, since=since)))) == found


async def test_withdrawn_words_stay_inside(exported: Export, camille: Person, core: Core, plaza: Community) -> None:
    await camille.says("/suggest A rash word")
    await camille.presses("Withdraw")
    [item] = await exported()
    assert (item["number"], item["status"], item["text"], item["author"]) == (1, "withdrawn", "", None)
    assert "rash" not in await written(core, plaza, write_csv)


async def test_an_empty_community_is_an_empty_array_and_a_bare_header(core: Core, plaza: Community) -> None:
    assert json.loads(await written(core, plaza, write_json)) == []
    assert (await written(core, plaza, write_csv)).splitlines() == [",".join(export.COLUMNS)]


async def test_odd_texts_come_out_of_both_as_they_went_in(exported: Export, core: Core, plaza: Community) -> None:
    await load(core, plaza, [row(text) for text in ODD], lambda _: None, lambda _: None)
    assert [item["text"] for item in await exported()] == ODD
    table = list(csv.DictReader(io.StringIO(await written(core, plaza, write_csv), newline="")))
    assert [cell["text"] for cell in table][:5] == [f"'{text}" for text in ODD[:5]]
    assert not [cell for line in table for cell in line.values() if cell[:1] in set("=+-@\t\r\n＝")]


async def test_an_exported_table_is_read_back_whole(core: Core, plaza: Community, items: Items) -> None:
    await load(
        core, plaza, [row(text, author) for text in ODD for author in ("", "=Ada")], lambda _: None, lambda _: None
    )
    table = await written(core, plaza, write_csv)
    again = await load_table(core, plaza, table)
    assert (again.imported, again.known, again.skipped) == (0, len(ODD) * 2, 0)
    assert len(await items()) == len(ODD) * 2


async def test_what_was_filed_or_changed_since_is_all_that_comes(
    core: Core, plaza: Community, camille: Person, stage: BareStage, clock: StillClock
) -> None:
    for words in ("Old", "Old but decided on", "Old too"):
        await camille.says(f"/suggest {words}")
    clock.forward(days=2)
    since = clock.now()
    await Person(stage, "Mo", Role.MODERATOR).says("/queue 2 planned Spring")
    await camille.says("/suggest New")
    found = json.loads(await written(core, plaza, partial(write_json, since=since)))
    assert [item["text"] for item in found] == ["Old but decided on", "New"]
    table = csv.DictReader(io.StringIO(await written(core, plaza, partial(write_csv, since=since)), newline=""))
    assert [line["number"] for line in table] == ["2", "4"]
    later = since + timedelta(microseconds=1)
    assert json.loads(await written(core, plaza, partial(write_json, since=later))) == []


async def test_what_comes_back_is_seen_by_the_same_people(
    core: Core, plaza: Community, camille: Person, items: Items
) -> None:
    await camille.says("/suggest Longer benches")
    await camille.presses("Team only")
    await camille.says("/problem For everyone")
    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    table = await written(core, plaza, write_csv)
    assert (await load_table(core, plaza, table)).known == 2

    def add(session: Session) -> Community:
        other = Community(key="other", name="Other", language="en", timezone="UTC", created_at=WEDNESDAY)
        session.add(other)
        session.flush()
        return other

    other = await core.store.write(add)
    assert (await load_table(core, other, table)).imported == 2
    walked = await core.store.read(lambda session: [item for item, _ in walking.walk(session, other.id)])
    found = [(item.text, item.audience, item.nameless) for item in walked]
    assert found == [("Longer benches", Audience.TEAM, False), ("For everyone", Audience.EVERYONE, False)]
