"""The source rows: of one period and one community alone, and nothing in them links what has no name."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.cli.impact import rows_of
from bot.core import Core
from bot.impact.figures import Key
from bot.impact.rows import Record
from storage.items import feedback
from storage.models import Community, Feedback
from storage.people import communities
from storage.reports import impact
from storage.vocabulary import Audience, Kind
from tests.clock import StillClock
from tests.features.impact.conftest import Lives
from tests.stage import BareStage, Person


async def test_who_has_no_name_has_no_number_either(stage: BareStage, core: Core, ines: Person) -> None:
    for words in ("A quieter bell", "Fewer steps"):
        await ines.says("/suggest")
        await ines.fills(text=words, audience="everyone", name="nameless")
        await ines.presses("Send")
    await ines.says("/suggest A bench")
    (own,) = await core.store.read(communities.every)
    report = await rows_of(core, own, "2026-03")
    heard = [row.person for row in report.rows if row.record is Record.HEARD]
    assert sorted(heard, key=str) == [1, None]
    assert report.figures[Key.HEARD].value == 2
    assert all(row.person is None for row in report.rows if row.record is not Record.HEARD)


async def test_a_message_counts_in_the_month_it_arrives(
    stage: BareStage, core: Core, clock: StillClock, ines: Person, omar: Person
) -> None:
    clock.time = datetime(2026, 3, 31, 12, tzinfo=UTC)
    await ines.says("/suggest A bench")
    await omar.says("/queue 1 done Since today")
    clock.time = datetime(2026, 4, 1, 12, tzinfo=UTC)
    await stage.deliver()
    (own,) = await core.store.read(communities.every)
    told = [(await rows_of(core, own, month)).figures[Key.TOLD].value for month in ("2026-03", "2026-04")]
    assert told == [0, 1]


async def test_another_community_counts_nothing_of_it(lives: Lives, core: Core) -> None:
    await lives()

    def elsewhere(session: Session) -> list[int]:
        now, span = core.clock.now(), (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
        other = Community(key="forum", name="Forum", language="en", timezone="UTC", created_at=now)
        session.add(other)
        session.flush()
        queries = (impact.told, impact.heard, impact.asked, impact.filed, impact.answer_times)
        found = [len(query(session, one, *span)) for one in (1, other.id) for query in queries]
        return [*found, len(list(impact.courses(session, other.id, *span)))]

    assert await core.store.write(elsewhere) == [2, 5, 2, 3, 0, 0, 0, 0, 0, 0, 0]


async def test_what_came_from_a_file_is_decided_here_and_never_timed(
    core: Core, omar: Person, stage: BareStage
) -> None:
    def job(session: Session) -> None:
        (own,), at = communities.every(session), core.clock.now()
        for source in ("row:1", "said:2"):
            item = Feedback(
                community_id=own.id,
                kind=Kind.SUGGESTION,
                audience=Audience.EVERYONE,
                language="en",
                text=source,
                source=source,
                created_at=at,
                changed_at=at,
            )
            feedback.add(session, item)

    await core.store.write(job)
    await omar.says("/queue 1 done Since today")
    (own,) = await core.store.read(communities.every)
    report = await rows_of(core, own, "2026-03")
    found = [(row.record, row.status) for row in report.rows if row.record is not Record.FILED]
    assert found == [(Record.OUTCOME, "done")]
    assert report.figures[Key.HEARD].value == 0
