"""The replies people are shown most, said by the real core to people who do what people do."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.features.digest.gather import week_until
from bot.features.digest.posting.drafting import MANUAL, Edition, prepare
from bot.locales.words import Verdict
from bot.ports.inbound import Role
from bot.ports.reply import Reply
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.golden.diary import MONDAY, Diary, full_week
from tests.golden.words import WORDS
from tests.stage import BareStage, Person

SUGGESTED = {"en": "Open on Saturdays, once a month.", "fr": "Ouvrir le samedi, une fois par mois."}
TROUBLE = {"en": "The entrance code never arrives.", "fr": "Le code d’entrée n’arrive jamais."}
ASKED = {"en": "Can I give frozen food?", "fr": "Puis-je donner des surgelés ?"}
UNSURE = {"en": "How do I change my address?", "fr": "Comment changer mon adresse ?"}
UNKNOWN = {"en": "Who won the football?", "fr": "Qui a gagné le match ?"}
KNOWN = {
    "en": (
        Entry("frozen", ("Can I give frozen food?",), "Yes, until noon.", "en"),
        Entry("email", ("How do I change my email address?",), "Under Account.", "en"),
        Entry("delivery", ("How do I change my delivery address?",), "Under Orders.", "en"),
    ),
    "fr": (
        Entry("frozen", ("Puis-je donner des surgelés ?",), "Oui, jusqu’à midi.", "fr"),
        Entry("email", ("Comment changer mon adresse e-mail ?",), "Dans le compte.", "fr"),
        Entry("delivery", ("Comment changer mon adresse de livraison ?",), "Dans les commandes.", "fr"),
    ),
}


@dataclass(frozen=True)
class Scene:
    """What somebody did, and what they were shown."""

    did: str
    shown: Reply


async def play(stage: BareStage, language: str) -> list[Scene]:
    """Let people do what they do most; return what they were shown, in the order of the pictures."""
    speech = stage.core.languages.speech(language)
    ines = Person(stage, "Inès", language=language)
    lea = Person(stage, "Léa", language=language)
    omar = Person(stage, "Omar", Role.MODERATOR, language=language)

    def typed(name: str) -> str:
        command = stage.core.registry.command(name)
        return f"/{command.name_in(language)}"

    await _teach(stage, language)
    scenes = [await _said(stage, ines, f"{typed('suggest')} {SUGGESTED[language]}")]
    preview = {"text": TROUBLE[language], "audience": "everyone", "name": "nameless"}
    scenes.append(Scene(f"{typed('problem')} …", _some(await stage.do(lea, command="problem", args=preview))))
    await lea.presses(speech.say("Send"))
    await lea.says("/support 1")
    scenes += [await _said(stage, ines, f"{typed('ask')} {text[language]}") for text in (ASKED, UNSURE, UNKNOWN)]
    scenes += [await _said(stage, ines, text) for text in map(typed, ("top", "mine", "help"))]
    scenes += [
        await _said(stage, omar, text)
        for text in (typed("queue"), f"{typed('queue')} 1 {speech.word(Verdict.PLANNED)}")
    ]
    await stage.deliver()
    scenes.append(Scene("…", stage._shown[ines.id][-1]))
    scenes.append(await _said(stage, ines, f"{typed('status')} 1"))
    scenes.append(Scene(typed("digest"), await _digest(stage, language)))
    return scenes


async def _said(stage: BareStage, person: Person, text: str) -> Scene:
    return Scene(text, _some(await stage.do(person, text=text)))


def _some(reply: Reply | None) -> Reply:
    assert reply is not None
    return reply


async def _teach(stage: BareStage, language: str) -> None:
    await stage.core.store.write(
        lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWN[language])
    )


async def _digest(stage: BareStage, language: str) -> Reply:
    """The digest of a full week."""
    core = stage.core
    await core.store.write(lambda session: full_week(Diary(session, core, WORDS[language])))
    (community,) = await core.store.read(communities.every)
    zone = ZoneInfo(community.timezone)
    edition = Edition(MANUAL, "", week_until(MONDAY.astimezone(zone).replace(hour=0), zone))
    return (await prepare(core, community, edition)).reply
