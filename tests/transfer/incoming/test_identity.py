"""The same idea is one item: by its id, else by its author and words, in however many files and rows it comes."""

from datetime import UTC, datetime

from sqlmodel import Session

from storage.items import feedback
from storage.people import members
from storage.vocabulary import Action, Status
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.transfer.incoming.desk import Desk

MONTH = "kind,text,author,at,support\nsuggestion,A bench by the pond,Ada,2026-03-04,{}\n"


async def test_a_month_later_the_support_is_another_and_nothing_comes_twice(desk: Desk) -> None:
    assert str(await desk.brings(MONTH.format(3))) == "imported 1, already there 0, skipped 0"
    assert str(await desk.brings(MONTH.format(5))) == "imported 0, already there 0, skipped 0, changed 1"
    assert str(await desk.brings(MONTH.format(5))) == "imported 0, already there 1, skipped 0"
    assert [(item.support, item.base_support) for item in await desk.items()] == [(5, 5)]


async def test_support_given_here_stays_when_the_file_s_changes(desk: Desk, stage: BareStage) -> None:
    await desk.brings(MONTH.format(3))
    await Person(stage, "Bo").says("/support 1")
    before = [item.changed_at for item in await desk.items()]
    await desk.brings(MONTH.format(10))
    assert [item.changed_at for item in await desk.items()] == before, "no card is made anew for it"
    assert [(item.support, item.base_support) for item in await desk.items()] == [(11, 10)]


async def test_line_ends_capitals_and_spaces_make_no_other_idea(desk: Desk) -> None:
    await desk.brings('text,author\n"A bench\nby the pond",Ada\n')
    again = await desk.brings('text,author\r\n"a bench\r\nby  the Pond.",Ada\r\n')
    assert (again.imported, again.known) == (0, 1)
    assert (await desk.brings("text,author\nA bench by the pond,Ben\n")).imported == 1, "somebody else's"


async def test_with_an_id_an_idea_stays_itself_when_its_words_are_edited(desk: Desk) -> None:
    await desk.brings("id,title,votes\n7,Dark theme,1\n8,A bench,2\n")
    again = await desk.brings("id,title,votes\n8,A bench by the pond,4\n7,Dark theme for phones,1\n")
    assert (again.imported, again.changed, again.known) == (0, 1, 1)
    assert [item.support for item in await desk.items()] == [1, 4]


async def test_the_same_id_of_another_file_is_another_idea(desk: Desk) -> None:
    await desk.brings("id,title\n1,Dark theme\n2,Parking\n")
    other = "id,title\n1,A bench by the pond\n2,Longer opening hours\n"
    assert (await desk.brings(other)).imported == 2
    assert (await desk.brings(other)).known == 2


async def test_two_tools_count_apart(desk: Desk) -> None:
    content = "number,title,description,votes_count\n1,Dark theme,,3\n"
    await desk.brings(content, "fider")
    assert (await desk.brings("id,title,votes\n1,Dark theme,3\n", "canny")).imported == 1
    assert (await desk.brings(content, "fider")).known == 1


async def test_a_voter_a_row_makes_one_item_with_that_many_supporters(desk: Desk) -> None:
    voters = "idea,voter\nA bench,a@example.org\nA tap,b@example.org\nA bench,c@example.org\nA bench,A@example.org\n"
    said = await desk.brings(voters)
    assert (said.imported, said.merged) == (2, 2)
    assert [(item.text, item.support) for item in await desk.items()] == [("A bench", 2), ("A tap", 1)]
    assert (await desk.brings(voters)).changed == 0


async def test_rows_of_one_id_are_its_supporters_also_across_batches(desk: Desk) -> None:
    rows = "".join(f"{number % 2},Idea {number % 2},Person {number}\n" for number in range(1_300))
    content = f"id,title,author\n{rows}"
    said = await desk.brings(content)
    assert (said.imported, said.merged, said.rows) == (2, 1_298, 1_300)
    assert [item.support for item in await desk.items()] == [650, 650]
    again = await desk.brings(content)
    assert (again.imported, again.known, again.changed, again.merged) == (0, 2, 0, 1_298)
    assert [item.support for item in await desk.items()] == [650, 650]


async def test_a_doubled_row_with_a_tally_keeps_it(desk: Desk) -> None:
    await desk.brings("text,votes\nA bench,12\nA bench,12\n")
    assert [item.support for item in await desk.items()] == [12]


DECIDED = "id,title,created_at,status,status_changed_at,response\n1,A bench,2025-03-04,{},2025-04-01,By the pond.\n"


async def test_what_was_decided_arrives_decided_dated_as_the_file_and_untold(desk: Desk) -> None:
    await desk.brings(DECIDED.format("Shipped"))
    [item] = await desk.items()
    april = datetime(2025, 3, 31, 22, tzinfo=UTC)
    assert (item.status, item.closed_at, item.changed_at) == (Status.DONE, april, april)
    told = [(one.action, one.before, one.after, one.at, one.note) for one in await desk.history(item)]
    assert told == [
        (Action.FILED, None, "received", datetime(2025, 3, 3, 23, tzinfo=UTC), ""),
        (Action.STATUS, "received", "done", april, "By the pond."),
    ]
    assert await desk.owed() == []


async def test_a_status_that_changed_elsewhere_changes_here_and_nobody_is_told(desk: Desk, stage: BareStage) -> None:
    await desk.brings(DECIDED.format("Open"))
    await Person(stage, "Bo").says("/support 1")
    assert (await desk.brings(DECIDED.format("Declined"))).changed == 1
    [item] = await desk.items()
    assert (item.status, item.support) == (Status.NOT_PLANNED, 1)
    assert item.closed_at == datetime(2025, 3, 31, 22, tzinfo=UTC)
    assert await desk.owed() == []
    assert (await desk.brings(DECIDED.format("Declined"))).known == 1
    assert (await desk.brings(DECIDED.format("Open"))).changed == 1
    assert [one.closed_at for one in await desk.items()] == [None]


async def test_what_was_decided_here_stays(desk: Desk, clock: StillClock) -> None:
    await desk.brings(DECIDED.format("Open"))
    [item] = await desk.items()

    def decide(session: Session) -> None:
        member = members.resolve(session, "bare", "Mo", "Mo", clock.now().date())
        feedback.change_status(session, item, Status.PLANNED, member.id, "", clock.now())

    await desk.core.store.write(decide)
    assert (await desk.brings(DECIDED.format("Declined"))).kept == 1
    assert [one.status for one in await desk.items()] == [Status.PLANNED]
