"""Rows become items: each once, dated, numbered, and anonymous when they are."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.knowledge.sources import Problem
from bot.transfer.incoming.identity import Identities
from bot.transfer.incoming.intake import Summary, load
from bot.transfer.incoming.rows import Row
from storage.items import feedback
from storage.items.importing import loading
from storage.models import Community, Feedback, History, Identity, Member
from storage.people import members
from storage.vocabulary import Action, Audience, Kind, Status
from tests.clock import StillClock
from tests.stage import Person
from tests.transfer.conftest import Items, take

MARCH = datetime(2026, 3, 1, 9, tzinfo=UTC)
Import = Callable[..., Awaitable[Summary]]


def row(text: str, kind: Kind = Kind.SUGGESTION, author: str = "", at: datetime | None = MARCH, **cells: object) -> Row:
    return Row(kind, text, author, at, cells.get("area"), cells.get("support"))  # type: ignore[arg-type]


def _filed_before(one: Row, mark: str) -> loading.Item:
    """A row as earlier versions filed it."""
    at = one.at or MARCH
    return loading.Item(
        one.kind, one.text, None, Audience.EVERYONE, not one.author, "en", one.author, one.support or 0, mark, at
    )


@pytest.fixture
def imports(core: Core, plaza: Community) -> Import:
    async def run(*rows: Row | Problem, into: Community = plaza) -> Summary:
        return await load(core, into, rows, lambda _: None, lambda _: None)

    return run


async def test_a_row_becomes_an_item_dated_as_it_says(imports: Import, items: Items, core: Core) -> None:
    text = "Ouvrir le samedi, même une fois par mois."
    assert str(await imports(row(text, author="Inès", area="Quality", support=4))) == (
        "imported 1, already there 0, skipped 0"
    )
    [item] = await items()
    assert (item.number, item.text, item.kind, item.status) == (1, text, Kind.SUGGESTION, Status.RECEIVED)
    assert (item.area, item.base_support, item.language) == ("Quality", 4, "fr")
    assert (item.created_at, item.changed_at, item.closed_at) == (MARCH, MARCH, None)
    [entry] = await core.store.read(lambda session: feedback.history(session, item.id))
    assert (entry.at, entry.action, entry.after, entry.actor_id) == (MARCH, Action.FILED, "received", item.author_id)


async def test_a_row_without_a_date_is_of_now(imports: Import, items: Items, clock: StillClock) -> None:
    await imports(row("More light", at=None))
    assert [item.created_at for item in await items()] == [clock.now()]


async def test_the_same_rows_again_add_nothing_also_without_a_date(
    imports: Import, items: Items, clock: StillClock
) -> None:
    rows = [row("More light"), row("Less noise", at=None), row("More light", author="Ada")]
    await imports(*rows)
    clock.forward(days=3)
    summary = await imports(*rows, row("Later"))
    assert (summary.imported, summary.known) == (1, 3)
    assert [item.text for item in await items()] == ["More light", "Less noise", "More light", "Later"]


async def test_equal_rows_are_one_item_with_as_many_supporters(imports: Import, items: Items) -> None:
    summary = await imports(row("Me too"), row("me  TOO."))
    assert str(summary) == "imported 1, already there 0, skipped 0, more rows of one idea 1"
    summary = await imports(row("Me too"), row("Me too"), row("Me\r\ntoo"))
    assert (summary.imported, summary.changed, summary.merged) == (0, 1, 2)
    assert [item.support for item in await items()] == [3]


async def test_a_row_that_says_its_day_alone_is_the_same(imports: Import, items: Items) -> None:
    assert (await imports(row("Me too"), row("Named", author="Ada"))).imported == 2
    day = datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert (await imports(row("Me too", at=day), row("Named", author="Ada", at=day))).known == 2
    assert [item.created_at for item in await items()] == [MARCH, MARCH]


@pytest.mark.parametrize("later", [False, True])
async def test_what_an_earlier_version_imported_is_known(
    imports: Import, items: Items, core: Core, plaza: Community, later: bool
) -> None:
    rows = [row("Me too"), row("Less noise", at=None), row("Named", author="Ada"), row("Counted", support=3)]
    with closing(loading.Tally()) as tally:
        identities = Identities(core.store.keys, plaza, tally)
        filed = [_filed_before(one, list(identities.former(one))[-1]) for one in rows]
    await core.store.write(lambda session: loading.file_all(session, plaza.id, "import", filed))
    again = await imports(*rows[:3], row("Counted", support=5 if later else 3))
    assert (again.imported, again.known, again.changed) == (0, 3 if later else 4, int(later))
    assert [item.support for item in await items()] == [0, 0, 0, 5 if later else 3]
    assert (await imports(*rows[:3], row("Counted", support=5 if later else 3))).known == 4


async def test_each_community_has_its_own_copy(imports: Import, core: Core) -> None:
    def add(session: Session) -> Community:
        other = Community(key="other", name="Other", language="en", timezone="UTC", created_at=MARCH)
        session.add(other)
        session.flush()
        return other

    other = await core.store.write(add)
    assert (await imports(row("More light"))).imported == 1
    assert (await imports(row("More light"), into=other)).imported == 1


async def test_numbers_go_on_from_what_members_filed(imports: Import, items: Items, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    await imports(row("One"), row("Two"))
    await camille.says("/suggest A light theme")
    assert [(item.number, item.text) for item in await items()] == [
        (1, "A dark theme"),
        (2, "One"),
        (3, "Two"),
        (4, "A light theme"),
    ]


async def test_an_anonymous_row_leads_to_nobody(imports: Import, items: Items, core: Core) -> None:
    await imports(row("The cellar floods", Kind.PROBLEM), row("More light"))
    found = await items()
    assert [(item.audience, item.nameless) for item in found] == [(Audience.TEAM, True), (Audience.EVERYONE, True)], (
        "a problem stays the team's"
    )
    assert [(item.author_id, item.author_hash) for item in found] == [(None, None)] * 2
    entries = await core.store.read(lambda session: session.exec(select(History)).all())
    assert [entry.actor_id for entry in entries] == [None, None]
    assert await core.store.read(lambda session: session.exec(select(Member)).all()) == []


async def test_an_author_is_one_member_however_many_rows_they_wrote(imports: Import, items: Items, core: Core) -> None:
    april = datetime(2026, 4, 2, 9, tzinfo=UTC)
    await imports(
        row("One", author="Ada", at=april),
        row("Two", author="Ada"),
        row("Three", author="Bob"),
        row("Five", author="Ada", at=april),
    )
    await imports(row("Four", author="Ada"))
    authors = [item.author_id for item in await items()]
    assert len(set(authors)) == 2
    ada = await core.store.read(lambda session: members.find(session, "import", "Ada"))
    assert ada is not None
    assert authors[0] == authors[1] == authors[3] == authors[4] == ada.id
    assert ada.first_seen == date(2026, 3, 1)
    names = await core.store.read(lambda session: session.exec(select(Identity.name).order_by(col(Identity.id))).all())
    assert names == ["Ada", "Bob"]


async def test_who_sees_a_named_row_is_the_kind_s_default(imports: Import, items: Items) -> None:
    await imports(*(row("Said", kind, author="Ada") for kind in Kind))
    seen = {item.kind: item.audience for item in await items()}
    assert seen == {
        Kind.SUGGESTION: Audience.EVERYONE,
        Kind.PROBLEM: Audience.TEAM,
        Kind.PRAISE: Audience.EVERYONE,
    }


async def test_what_was_wrong_is_told_and_counted(core: Core, plaza: Community, items: Items) -> None:
    told: list[Problem] = []
    odd = Problem("line 3", "is odd")
    summary = await load(core, plaza, [row("One"), odd, row("Two")], told.append, lambda _: None)
    assert str(summary) == "imported 2, already there 0, skipped 1"
    assert told == [odd]
    assert len(await items()) == 2


async def test_rows_are_read_a_batch_at_a_time_and_written_before_the_next(
    core: Core, plaza: Community, items: Items, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(2, monkeypatch)
    read: list[int] = []
    written: list[int] = []

    def rows() -> Iterable[Row]:
        for number in range(5):
            read.append(number)
            yield row(f"Row {number}")

    await load(core, plaza, rows(), lambda _: None, lambda _: written.append(len(read)))
    assert written == [2, 4, 5]
    assert [item.text for item in await items()] == [f"Row {number}" for number in range(5)]


async def test_an_imported_item_is_stored_as_one_filed_alone(core: Core, plaza: Community) -> None:
    def job(session: Session) -> None:
        alone = Feedback(
            community_id=plaza.id,
            kind=Kind.PRAISE,
            audience=Audience.EVERYONE,
            nameless=True,
            language="en",
            text="Thanks",
            base_support=3,
            source="alone",
            created_at=MARCH,
            changed_at=MARCH,
        )
        feedback.add(session, alone)
        many = loading.Item(Kind.PRAISE, "Thanks", None, Audience.EVERYONE, True, "en", "", 3, "many", MARCH)
        loading.file_all(session, plaza.id, "import", [many])

    def stored(session: Session) -> list[dict[str, object]]:
        own = {"id", "number", "source", "feedback_id"}
        found = [*session.exec(select(Feedback)), *session.exec(select(History))]
        return [row.model_dump(exclude=own) for row in found]

    await core.store.write(job)
    alone, many, its_history, their_history = await core.store.read(stored)
    assert many == alone
    assert their_history == its_history
