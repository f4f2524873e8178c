"""Answers found in an imported chat are proposed: moderators decide, and nobody is given them before."""

from sqlmodel import Session, select

from bot.core import Core
from bot.ports.inbound import Means
from bot.transfer.chats import review
from bot.transfer.chats.exchange import Exchange
from storage.models import Proposal, ProposalMark
from storage.people import communities
from storage.privacy import retention
from tests.clock import StillClock
from tests.features.conftest import Dump
from tests.stage import BareStage, Person

ASKED = "Where is the key of the shed?"
SAID = "Under the third flower pot."
FOUND = Exchange(ASKED, SAID, 7)
LESSER = Exchange("Who waters the plants here?", "Whoever comes first in the morning.", 4)


async def imports(core: Core, *found: Exchange) -> int:
    """Import a chat; return how many questions are new."""
    [plaza] = await core.store.read(communities.every)
    return await review.propose(core, plaza, await review.unknown(core, plaza, found or (FOUND,), "chat.json"))


async def test_nobody_is_given_it_before_a_moderator_keeps_it(core: Core, noor: Person, alex: Person) -> None:
    assert await imports(core) == 1
    await noor.says(ASKED)
    assert SAID not in noor.hears("I don't know, and I'd rather not guess.")
    await alex.says("/unanswered")
    alex.hears("Proposed answers", ASKED, f"> {SAID}", "Found in: chat.json")
    await alex.presses("Keep the answer")
    await alex.fills(heading="Where is the shed's key?")
    alex.hears("Kept. The bot gives this answer from now on.")
    await noor.says("Where is the shed's key?")
    noor.hears(SAID)


async def test_where_there_is_no_form_it_is_kept_as_it_is_and_leads_to_nobody(
    core: Core, alex: Person, stage: BareStage, dump: Dump
) -> None:
    await imports(core)
    await alex.says("/langue fr")
    await alex.says("/sansreponse")
    alex.hears("Réponses proposées", "chat.json")
    await alex.says("/language en")
    await alex.says("/unanswered")
    await stage.do(alex, button=stage.token(alex, "Keep the answer"), means=Means(forms=False))
    alex.hears("How should the question read, without anything personal?", ASKED, SAID)
    await alex.presses("As it is")
    alex.hears("Kept.")
    assert [one["asker_id"] for one in (await dump())["phrasing"]] == [None]


async def test_what_was_decided_on_does_not_come_again_and_a_member_keeps_nothing(
    core: Core, alex: Person, noor: Person, stage: BareStage, dump: Dump
) -> None:
    await imports(core)
    await alex.says("/unanswered")
    await stage.do(noor, button=stage.token(alex, "Keep the answer"))
    await noor.says(ASKED)
    assert SAID not in noor.hears()
    await alex.presses("Not this")
    alex.hears("Not kept. It is not proposed again.")
    assert await imports(core) == 0
    assert SAID not in str(await dump())
    await alex.presses("Keep the answer")
    alex.hears("This proposed answer does not wait any more: see /unanswered.")
    await noor.says(ASKED)
    assert SAID not in noor.hears()


async def test_it_says_that_it_would_replace_an_answer(core: Core, alex: Person) -> None:
    await imports(core)
    await alex.says("/unanswered")
    assert "which it would replace" not in alex.hears(ASKED)
    await alex.presses("Keep the answer")
    await alex.fills(heading=ASKED)
    await imports(core, Exchange(ASKED, "On the hook by the door.", 5))
    await alex.says("/unanswered")
    alex.hears("On the hook", "There is an answer to this question already, which it would replace.")


async def test_what_most_speaks_for_comes_first_and_three_at_once(core: Core, alex: Person) -> None:
    more = (Exchange(f"Where is shed number {number}?", f"Behind house number {number}.", 5) for number in range(3))
    await imports(core, LESSER, *more, FOUND)
    await alex.says("/unanswered")
    heard = alex.hears("… and 2 more")
    assert heard.index(ASKED) < heard.index("Where is shed number 0?") < heard.index("Where is shed number 1?")
    assert LESSER.question not in heard


async def test_what_a_member_proposes_comes_before(core: Core, alex: Person, noor: Person) -> None:
    await imports(core)
    await noor.says("/propose Who waters the trees? Noor does.")
    await alex.says("/unanswered")
    heard = alex.hears("Noor does.", SAID)
    assert heard.index("Noor does.") < heard.index(SAID)


async def test_its_words_go_in_time_and_stay_known(core: Core, clock: StillClock, dump: Dump) -> None:
    await imports(core)
    [rule] = [one for one in retention.RULES if one.name == "proposals"]
    clock.forward(days=2)

    def job(session: Session) -> None:
        rows = retention.due(session, rule, clock.now())
        retention.drop(session, rule, [key for _, key in rows])

    await core.store.write(job)
    assert SAID not in str(await dump())
    assert await imports(core) == 0
    assert await core.store.read(lambda session: session.exec(select(Proposal)).all()) == []
    assert await core.store.read(lambda session: len(session.exec(select(ProposalMark)).all())) == 1
