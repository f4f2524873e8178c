"""The team asks an item's author, who answers; what is said stays between them."""

import pytest

from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.stage import Person, Stage


@pytest.fixture
def rosa(stage: Stage) -> Person:
    """Of the staff, where answers arrive."""
    return Person(stage, "rosa", Role.STAFF)


@pytest.mark.unseen
async def test_several_turns_until_it_is_decided_are_shown_to_nobody_else(
    camille: Person, noor: Person, alex: Person, rosa: Person, stage: Stage
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue")
    await alex.presses("Ask the author")
    alex.hears("What should the author of #1 be asked?")
    await alex.says("All day, or the morning?")
    alex.hears("The author of #1 is asked. It is out of the queue until the answer, or until 18 March.")
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await stage.deliver()
    camille.hears("The team has a question about #1:", "> All day, or the morning?", "Only the team reads the answer.")
    await camille.presses("Answer")
    camille.hears("What should the team know about #1?")
    await camille.fills(text="The morning is enough")
    camille.hears("The team reads this with #1.")
    await stage.deliver()
    told = stage.staff()[-1]
    for part in ("The author of #1 answers:", "> The morning is enough", "All day, or the morning?", "Sunday opening"):
        assert part in told
    await alex.says("/queue")
    alex.hears("Suggestion #1", "Its author was asked on 4 March:", "Its author wrote on 4 March:")
    await rosa.presses("Answer back")
    rosa.hears("What should the author of #1 be asked?")
    await alex.says("/askauthor 1 Every Sunday?")
    await stage.deliver()
    camille.hears("> Every Sunday?")
    await camille.presses("Answer")
    await camille.fills(text="Once a month")
    await camille.says("/status 1")
    camille.hears("The team asked on 4 March:", "> All day, or the morning?", "You wrote on 4 March:", "> Once a month")
    await noor.says("/status 1")
    heard = noor.hears("Sunday opening")
    assert "All day" not in heard
    assert "morning" not in heard


@pytest.mark.on("discord")
async def test_without_an_answer_it_comes_back(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/reopen 1")
    alex.hears("#1 is received: nothing to open again.")
    await alex.says("/askauthor 1 All day?")
    clock.forward(days=13)
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    clock.forward(days=1, seconds=1)
    await alex.says("/queue")
    heard = alex.hears("Suggestion #1", "Its author was asked on 4 March:", "> All day?")
    assert "Out of the queue" not in heard


@pytest.mark.on("discord")
@pytest.mark.unseen
async def test_a_nameless_author_answers_without_the_name(noor: Person, alex: Person, stage: Stage) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/askauthor 1000 Since when?")
    await stage.deliver()
    noor.hears("The team has a question about #1000:", "Only the team reads the answer, without your name.")
    await noor.presses("Answer")
    await noor.fills(text="Since May")
    noor.hears("The team reads this with #1000, without your name.")
    await stage.deliver()
    assert "The author of #1000 answers:" in stage.staff()[-1]
    assert "> Since May" in stage.staff()[-1]
    assert "oor" not in stage.staff()[-1]


@pytest.mark.on("telegram")
async def test_an_author_says_that_it_is_not_resolved_and_words_of_danger_are_answered_first(
    camille: Person, alex: Person, rosa: Person, stage: Stage
) -> None:
    await camille.says("/problem The hall is cold")
    await alex.says("/queue 1 done")
    await stage.deliver()
    camille.hears("#1 is now resolved.", "[It is not]")
    await camille.presses("It is not")
    await camille.fills(text="No, it is still cold")
    await stage.deliver()
    told = stage.staff()[-1]
    for part in ("The author of #1, which is resolved, writes:", "> No, it is still cold", "The hall is cold"):
        assert part in told
    await rosa.presses("Reopen")
    rosa.hears("#1 is now being handled.", "Before: resolved.", "1 person will be told.")
    await stage.deliver()
    camille.hears("#1 is now being handled.", "Before: resolved.")
    # Words of danger in an answer are answered first.
    await camille.says("/problem I cannot sleep")
    await alex.says("/askauthor 2 Since when?")
    await stage.deliver()
    await camille.presses("Answer")
    await camille.fills(text="I want to die")
    camille.hears("112")
    await stage.deliver()
    assert "The author of #2 answers" not in "".join(stage.staff())
