"""`digest preview`, `post`, `list` and `show`."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.cli.terminal import opening
from bot.ports.codec import ReplyCodec
from bot.privacy.redaction import redact_archive
from storage.items.importing import walking
from storage.models import Outbox
from storage.reports import digests
from storage.schema.opening import Location, open_store
from storage.traffic import deliveries
from tests.cli.conftest import ONE, Shell
from tests.clock import WEDNESDAY, StillClock

STAFF = '[{"key": "plaza", "name": "Plaza", "staff": {"platform": "discord", "place": "123"}}]'
STAFF_IN_PARIS = STAFF.replace('"Plaza"', '"Plaza", "timezone": "Europe/Paris"')
STAFF_IN_PARIS_WITH_AN_AREA = STAFF_IN_PARIS.replace('"Plaza"', '"Plaza", "areas": ["Delivery"]')


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> StillClock:
    clock = StillClock()
    monkeypatch.setattr(opening, "SystemClock", lambda: clock)
    return clock


@pytest.fixture
def told(shell: Shell, tmp_path: Path) -> Shell:
    """A community that was told something this instant, and something a month ago."""
    file = tmp_path / "rows.csv"
    file.write_text("kind,text,author,at\nidea,A dark \x1b[2J\x07theme,Ada,\nidea,Old,Ada,2026-02-03T10:00Z\n", "utf-8")
    shell.types("import", "csv", file, PORTEVOIX_COMMUNITIES=ONE).done()
    return shell


def test_a_preview_is_of_the_last_seven_days_this_instant_included_or_of_another_time_and_language(told: Shell) -> None:
    said = told.types("digest", "preview").done()
    assert said.out.startswith("Your week · Plaza\n25 February - 4 March\n")
    assert "1 message, 1 person" in said.out
    assert "dark" in said.out
    assert said.err == ""
    # No buttons, and no codes for the terminal.
    assert [one for one in ("\x1b", "\x07", "[Decide]") if one in said.out] == []
    said = told.types("digest", "preview", "--at", "2026-02-09", "--language", "fr").done()
    assert said.out.startswith("Le point de la semaine · Plaza\n2-8 février\n")
    assert "Old" in said.out
    told.types("digest", "preview", "--at", "monday").refused("--at: “monday” is not an ISO 8601 date")
    told.types("digest", "preview", "--language", "de").refused("--language de is not spoken; there is: en, fr.")


def test_a_post_waits_for_the_running_bot_and_within_a_minute_is_the_same_one(told: Shell, clock: StillClock) -> None:
    said = told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done()
    assert said.out == ""
    assert "on its way to 123 on discord: the running bot delivers it." in said.err
    assert "`portevoix run`" in said.err
    [row] = _waiting(told)
    assert "Your week" in str(row.payload)
    assert "within this minute already" in told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done().err
    assert len(_waiting(told)) == 1
    clock.forward(minutes=1)
    told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done()
    assert len(_waiting(told)) == 2


def test_where_there_is_no_place_or_another_community_s_nothing_is_posted(told: Shell) -> None:
    told.types("digest", "post").refused("set communities.staff", 'PORTEVOIX_COMMUNITIES=\'[{"key": "plaza"')
    taken = '[{"staff": {"platform": "slow", "place": "desk"}, "community": "plaza"}]'
    both = f'[{ONE[1:-1]}, {{"key": "forum", "name": "Forum", "staff": {{"platform": "slow", "place": "desk"}}}}]'
    said = told.types("digest", "post", "--community", "plaza", PORTEVOIX_DIGESTS=taken, PORTEVOIX_COMMUNITIES=both)
    said.refused("set digests.staff to a place of plaza: this one is another community's.")
    assert _waiting(told) == []


def _waiting(shell: Shell) -> list[Outbox]:
    return shell.reads(lambda session: deliveries.due(session, WEDNESDAY + timedelta(days=1)))


SEVERAL = """[
    {"name": "daily", "day_of_week": "*", "language": "fr"},
    {"name": "delivery", "areas": ["Delivery"], "staff": {"platform": "slow", "place": "desk"}}
]"""


def test_a_preview_has_one_form_of_which_json_has_the_figures(told: Shell) -> None:
    found = json.loads(told.types("digest", "preview", "--json").done().out)
    assert (found["community"], found["name"], found["days"], found["messages"]) == ("plaza", "weekly", 7, 1)
    assert found["until"] == "2026-03-04T11:00:01+01:00"
    assert found["kinds"]["suggestion"]["verdict"] == "early"
    told.types("digest", "preview", "--json", "--markdown").refused("--json or --markdown, not both")


def test_a_preview_as_markdown_shows_members_words_letter_by_letter(shell: Shell, clock: StillClock) -> None:
    rows = "kind;text;author;at\nsuggestion;*Dark* [mode](https://x.example);Ada;2026-03-03\n"
    shell.home.joinpath("rows.csv").write_text(rows, "utf-8")
    shell.types("import", "csv", shell.home / "rows.csv", PORTEVOIX_COMMUNITIES=ONE).done()
    said = shell.types("digest", "preview", "--markdown", PORTEVOIX_COMMUNITIES=ONE).done().out
    assert said.startswith("# Your week · Plaza\n\n25 February - 4 March\n\n**")
    assert "\n## To decide\n\n- **\\#1** \\*Dark\\* \\[mode\\]" in said
    assert "Decide" not in said


def test_of_several_digests_one_is_chosen_by_name_and_posted_to_its_own_place(told: Shell) -> None:
    several = {"PORTEVOIX_DIGESTS": SEVERAL, "PORTEVOIX_COMMUNITIES": STAFF_IN_PARIS_WITH_AN_AREA}
    told.types("digest", "preview", **several).refused("choose one with --name: daily, delivery.")
    told.types("digest", "preview", "--name", "weekly", **several).refused(
        "no digest weekly; there is: daily, delivery"
    )
    daily = told.types("digest", "preview", "--name", "daily", **several).done().out
    assert daily.startswith("Le point · Plaza\n3-4 mars\n")
    english = told.types("digest", "preview", "--name", "daily", "--language", "en", **several).done().out
    assert english.startswith("Your digest · Plaza\n3-4 March\n")
    assert "Your week · Delivery\n" in told.types("digest", "preview", "--name", "delivery", **several).done().out
    said = told.types("digest", "post", "--name", "delivery", **several).done()
    assert "on its way to desk on slow" in said.err
    [row] = _waiting(told)
    assert "Your week · Delivery" in str(row.payload)
    assert row.dedupe_key == "digest:1:delivery:2026-03-04T10:00Z"
    # Two of one period are told apart by name.
    told.types("digest", "post", "--name", "daily", **several).done()
    told.types("digest", "show", "2026-03-04T10:00Z").refused("choose with --name: delivery, daily.")
    shown = told.types("digest", "show", "2026-03-04T10:00Z", "--name", "daily").done().out
    assert shown.startswith("Le point · Plaza\n")
    elsewhere = '[{"name": "daily", "community": "forum"}]'
    said = told.types("digest", "preview", PORTEVOIX_DIGESTS=elsewhere, PORTEVOIX_COMMUNITIES=ONE)
    said.refused("plaza has no digest; there is: none.")


def test_what_was_posted_is_listed_and_shown_as_it_was_unless_its_words_are_no_longer_kept(
    told: Shell, clock: StillClock
) -> None:
    assert told.types("digest", "list", PORTEVOIX_COMMUNITIES=STAFF_IN_PARIS).done().out == ""
    told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF_IN_PARIS).done()
    clock.forward(days=20)
    _write(told, _late)
    said = told.types("digest", "list").done()
    assert said.out == "2026-03-04 11:00\tweekly\t2026-03-04T10:00Z\n2026-03-24 11:00\tweekly\t2026-03-23\tlate\n"
    told.types("digest", "show", "2026-03-09").refused("No such digest was posted for 2026-03-09", "digest list")
    shown = told.types("digest", "show", "2026-03-04T10:00Z").done().out
    assert shown.startswith("Your week · Plaza\n25 February - 4 March\n")
    assert "dark" in shown
    assert "[Decide]" not in shown
    assert "\x1b" not in shown
    _write(told, _take_back)
    shown = told.types("digest", "show", "2026-03-04T10:00Z", "--name", "weekly").done().out
    assert "1 message" in shown
    assert "dark" not in shown
    _write(told, _forget)
    said = told.types("digest", "show", "2026-03-04T10:00Z").done()
    assert said.out.strip() == ""
    assert "Its words are no longer kept." in said.err


def _write(shell: Shell, job: Callable[[Session], None]) -> None:
    """What a running bot did meanwhile."""

    async def work() -> None:
        place = Location(shell.env["PORTEVOIX_DATABASE"], Path(shell.env["PORTEVOIX_KEY_FILE"]))
        store = await asyncio.to_thread(open_store, place)
        await store.write(job)
        store.close()

    asyncio.run(work())


def _late(session: Session) -> None:
    digests.claim(session, 1, "weekly", "2026-03-23", {}, late=True, now=WEDNESDAY + timedelta(days=20))


def _take_back(session: Session) -> None:
    redact_archive(session, ReplyCodec(), [item for item, _ in walking.walk(session, 1)])


def _forget(session: Session) -> None:
    for row in digests.archive(session, 1):
        row.payload = {"blocks": []}
        session.add(row)
