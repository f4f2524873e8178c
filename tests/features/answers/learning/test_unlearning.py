"""An answer is taken out of the knowledge in the chat, and brought back."""

import pytest
from sqlmodel import Session, select

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import KnowledgeChange, Member
from storage.people import communities
from tests.stage import BareStage, Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_a_moderator_takes_an_answer_out_and_brings_it_back(alex: Person, camille: Person) -> None:
    await camille.says("/unlearn frozen food")
    camille.hears("This is for moderators.")
    await alex.says("/unlearn xyzzy")
    alex.hears("No answer of the knowledge fits these words.")
    await alex.says("/unlearn frozen food")
    alex.hears("Which answer goes? It is shown first.")
    await alex.presses("Can I give frozen food?")
    alex.hears("Can I give frozen food?", "Yes, until noon.")
    await alex.presses("Take it out")
    alex.hears("Taken out: the bot no longer gives this answer.")
    await camille.says("Can I give frozen food?")
    assert "Yes, until noon." not in camille.hears()
    await alex.presses("Bring it back")
    alex.hears("Brought back: the bot gives this answer again.")
    await camille.says("Do you take frozen food?")
    camille.hears("Yes, until noon.")


async def test_a_member_s_phrasing_is_not_stored_to_bring_an_answer_back(
    stage: BareStage, alex: Person, camille: Person
) -> None:
    await camille.says("/help")
    await camille.says("Where is the dragon?")

    def learn(session: Session) -> None:
        own = Entry("dragon", ("Where does Camille's dragon sleep?",), "In the tower.", "en")
        member = session.exec(select(Member.id)).first()
        knowledge.learn(session, communities.every(session)[0].id, own, member)

    await stage.core.store.write(learn)
    await alex.says("/unlearn Camille's dragon")
    await alex.presses("Where does Camille's dragon sleep?")
    await alex.presses("Take it out")
    assert "Bring it back" not in alex.hears("Taken out")
    assert not await stage.core.store.read(lambda session: session.exec(select(KnowledgeChange)).all())
