"""Plain talk gets short answers; announced ideas and complaints are offered as feedback, and nothing is kept."""

from sqlmodel import select

from bot.ports.inbound import Chat
from storage.models import Feedback, Question
from tests.stage import BareStage, Person

ANSWERS = {
    "help": "What you can do here",
    "how does this work?": "What you can do here",
    "what can you do?": "I carry suggestions and problems to the team",
    "who are you?": "I am the bot of Plaza.",
    "are you a robot?": "Yes, a bot. People read what you send to the team",
    "talk to a human": "I am a bot, but people read what you send to the team.",
    "where does my feedback go?": "Read by: Delivery team.",
    "is this anonymous?": "You choose each time, before sending: with or without your name",
    "can I stay anonymous here?": "You choose each time, before sending: with or without your name",
    "please delete my data": "/forgetme erases everything this bot keeps about you; /mydata gives a copy first.",
    "stop sending me messages": "/notifications chooses how often you are sent news, also never.",
    "please keep this anonymous": "Only the team can see it, without your name. Your words?",
    "team only": "Only the team can see it, with your name. Your words?",
    "you are useless": "understood as anger, and kept nowhere",
}
FRENCH = {
    "aide": "Ce qu’on peut faire ici",
    "es-tu un robot ?": "Oui, un bot.",
    "parler à un humain": "Ceci est un bot, mais",
    "qui lit mes messages ?": "Lecture par",
    "qui voit mon nom ?": "Avant chaque envoi, le choix est là",
    "oubliez-moi": "/effacermesdonnees fait effacer tout",
    "svp sans mon nom": "L’équipe seulement, sans votre nom. Le texte ?",
    "bot de merde": "compris comme de la colère",
}


async def _kept(stage: BareStage) -> int:
    return await stage.core.store.read(
        lambda session: len(session.exec(select(Question)).all()) + len(session.exec(select(Feedback)).all())
    )


async def test_what_every_bot_is_asked_has_its_answer_in_both_languages(stage: BareStage) -> None:
    for said, answer in ANSWERS.items():
        person = Person(stage, f"asks {said}")
        await person.says(said)
        person.hears(answer)
    assert await _kept(stage) == 0
    for said, answer in FRENCH.items():
        person = Person(stage, f"asks {said}", language="fr")
        await person.says(said)
        person.hears(answer)
    assert await _kept(stage) == 0


AS_QUESTIONS = (
    "who are you?",
    "you are useless",
    "is this anonymous?",
    "stop sending me messages",
    "where does it go?",
)


async def test_put_as_a_question_it_is_answered_too(stage: BareStage) -> None:
    for asks in (("/ask {}",), ("/ask", "{}")):
        for said in AS_QUESTIONS:
            person = Person(stage, f"asks {said} in {len(asks)}")
            for words in asks:
                await person.says(words.format(said))
            assert "passed it on" not in person.hears()
    assert await _kept(stage) == 0


async def test_an_idea_or_a_complaint_is_offered_with_its_words_ready(stage: BareStage, noor: Person) -> None:
    # As a question without a name it is offered without one.
    await noor.says("/ask")
    await noor.fills(question="I have an idea: open on Sundays", name="nameless")
    noor.hears("Nothing was sent yet.", "Suggestion: Everyone can see it, without your name.")
    assert await _kept(stage) == 0
    # An idea is offered as a suggestion first.
    await noor.says("I have an idea: open on Sundays")
    noor.hears("Nothing was sent yet.", "> open on Sundays", "[As a suggestion] [As a problem] [Cancel]")
    noor.hears("Suggestion: Everyone can see it, with your name.", "Problem: Only the team can see it, with your name.")
    assert await _kept(stage) == 0
    await noor.presses("As a suggestion")
    noor.hears("Got it: suggestion #1.", "Everyone can see it, with your name.")
    # A complaint is offered as a problem first.
    await noor.says("the site is down")
    noor.hears("> the site is down", "[As a problem] [As a suggestion] [Cancel]")
    await noor.presses("As a problem")
    noor.hears("Got it: problem #2.", "Only the team can see it, with your name.")
    # Announced words are asked for.
    await noor.says("I want to complain")
    noor.hears("What is the problem?")
    await noor.says("The lift is stuck")
    noor.hears("Got it: problem #3.")
    # A complaint in the form of a suggestion goes to the team alone.
    await noor.says("/suggest")
    await noor.fills(text="i wanna complain", audience="everyone", name="named")
    noor.hears("What is the problem?")
    await noor.says("The roof leaks")
    noor.hears("Got it: problem #4.", "Only the team can see it, with your name.")


ANNOUNCED = {
    "i wanna complain": "What is the problem?",
    "J’ai un problème": "What is the problem?",
    "I have an idea": "What would you suggest?",
}


async def test_announced_words_are_asked_for_again_while_the_question_is_open(stage: BareStage) -> None:
    for said, asked in ANNOUNCED.items():
        person = Person(stage, f"says {said}")
        await person.says("/problem")
        await person.fills(text=said, name="nameless")
        person.hears(asked)
        assert await _kept(stage) == 0
        await person.says("The lift is stuck")
        person.hears("Without your name.", "> The lift is stuck", "[Send]")


async def test_what_every_bot_is_asked_is_answered_while_a_question_is_open(stage: BareStage) -> None:
    for number, said in enumerate(("talk to a human", "who are you?", "where does my feedback go?"), 1):
        person = Person(stage, f"says {said}")
        await person.says("/problem")
        await person.says(said)
        person.hears(ANSWERS[said])
        assert await _kept(stage) == number - 1
        await person.says("The lift is stuck")
        person.hears(f"Got it: problem #{number}.")
    # Anger may be the problem itself.
    noor = Person(stage, "noor")
    await noor.says("/problem")
    await noor.says("you are useless")
    noor.hears("Got it: problem #4.")


async def test_what_is_said_without_a_name_is_no_question_with_one(stage: BareStage, noor: Person) -> None:
    await noor.says("anonymous: my boss shouts at us")
    noor.hears("> my boss shouts at us", "Problem: Only the team can see it, without your name.")
    assert await _kept(stage) == 0
    await noor.presses("As a problem")
    noor.hears("Without your name. Only the team reads this", "[Send]")
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.", "Only the team can see it, without your name.")
    # A question without a name stays a question.
    await noor.says("without my name please: who pays for the trip?")
    noor.hears("I've passed it on without your name; the answer will come here.")
    await noor.says("team only: who pays for the buses then?")
    noor.hears("I've passed it on; the answer will come here.")


SEEN = "It was typed where others read along, so it has been seen with your name beside it."


async def test_a_wish_that_comes_too_late_is_answered_alone_and_says_so(noor: Person, stage: BareStage) -> None:
    await noor.chats("the site is down")
    noor.hears_nothing()
    among = Chat("bare", "plaza", overlooked=True)
    reply = await stage.do(noor, text="please keep this anonymous: the coach drinks", chat=among)
    noor.hears("Nothing was sent yet.", SEEN, "Problem: Only the team can see it, with your name.")
    assert reply
    assert reply.private
    assert reply.hush
    reply = await stage.do(noor, text="the site is down", chat=among)
    assert reply
    assert not reply.private
    assert not reply.hush
    # A wish that comes first is kept for the words.
    reply = await stage.do(noor, text="without my name", chat=Chat("bare", "plaza", overlooked=True))
    noor.hears("Only the team can see it, without your name. Your words?")
    assert reply
    assert reply.private
