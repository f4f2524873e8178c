"""What people type is understood as they would say it, in both languages; what is not is refused kindly."""

from itertools import cycle

from sqlmodel import select

from bot.ports.inbound import File
from storage.models import Feedback, Question
from tests.pictures import photo
from tests.stage import BareStage, Person

PHOTO = File("photo.jpg", "image/jpeg", photo())
TO_SEND_A_FILE = "To send the team a file, write /suggest or /problem first, or as its caption."

NAMELESS = (
    "nameless",
    "anonymous",
    "Anonymously",
    "without my name",
    "everyone, without my name",
    "everyone without my name",
    "sans nom",
    "ANONYME",
    "communauté, sans mon nom",
)
TEAM = (
    "team",
    "team only",
    "Team only.",
    "Team only, with my name",
    "équipe",
    "l'équipe",
    "equipe seulement",
    "Équipe seulement, avec mon nom",
    "privé",
)
EVERYONE = (
    "public",
    "everyone",
    "Show to everyone",
    "everyone, with my name",
    "tout le monde",
    "communauté avec mon nom",
)


async def test_who_sees_it_is_said_in_ones_own_words_and_can_be_everyone_again(
    stage: BareStage, camille: Person
) -> None:
    await camille.says("/suggest Pay early")
    everyone = cycle(EVERYONE)
    for words in TEAM:
        await camille.says(f"/visibility 1 {words}")
        camille.hears("#1 is changed. Only the team can see it, with your name.")
        await camille.says(f"/visibilite 1 {next(everyone)}")
        await camille.presses("Show to everyone")
        camille.hears("#1 is changed. Everyone can see it, with your name.")
    for number, words in enumerate(NAMELESS, 2):
        author = Person(stage, f"says {words}")
        await author.says(f"/suggest Pay early, version {number}")
        await author.says(f"/visibility {number} {words}")
        await author.presses("Take my name off")
        author.hears(f"#{number} is changed. Everyone can see it, without your name.")


async def test_no_name_is_shown_by_a_word_that_may_not_mean_it(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay early", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/visibility 1000 public")
    noor.hears("#1000: Everyone can see it, without your name.")
    await noor.says("/visibility 1000 with my name")
    noor.hears(
        "#1000 would be shown like this:\n> Pay early noor\nEveryone can see it, with your name.\n[Show my name]"
    )
    await noor.says("/status 1000")
    assert "From: noor" not in noor.hears("> Pay early #1000")
    await noor.presses("Show my name")
    await noor.presses("Show my name")
    noor.hears("#1000 is changed. Everyone can see it, with your name.")


TYPED = (
    ("problem", "being handled", "being handled"),
    ("problem", "Pris en charge", "being handled"),
    ("problem", "resolved", "resolved"),
    ("praise", "Read", "read"),
    ("praise", "lu", "read"),
    ("suggest", "Fait", "done"),
    ("problem", "explained It is by design.", "explained"),
)


async def test_a_decision_is_typed_as_its_button_says_it(alex: Person, stage: BareStage) -> None:
    # A digest is asked for in either language.
    for typed in ("aperçu", "apercu", "Preview", "APERÇU"):
        await alex.says("/help")
        await alex.says(f"/synthese {typed}")
        alex.hears("Your week · Plaza")
    # A decision is typed as its button says it.
    for number, (filed, typed, status) in enumerate(TYPED, 1):
        await Person(stage, f"author {number}").says(f"/{filed} The lift, floor {number}")
        await alex.says(f"/queue {number} {typed}")
        alex.hears(f"#{number} is now {status}.")


NUMBERS = ("#{}", "n° {}", "N°{}", "no {}", "№ {}", "{}.", "{},", "number {}", "numéro {}", "# {}", "{} !")


async def test_a_number_is_understood_as_people_write_it(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for written in NUMBERS:
        await camille.says(f"/status {written.format(1)}")
        camille.hears("> A dark theme #1")
    await camille.says("/withdraw n° 1")
    camille.hears("#1 is withdrawn.")


async def test_words_after_a_number_are_the_new_ones(camille: Person, noor: Person) -> None:
    # What is no number is met with one that is.
    await camille.says("/status abc")
    camille.hears("A number is needed here, such as 12; “abc” is not one.")
    camille.language = "fr"
    await camille.says("/statut abc")
    camille.hears("Il faut un numéro ici, par exemple 12")
    camille.language = "en"
    # Words after a number are the new ones.
    await camille.says("/suggest A dark theme")
    for number, typed in enumerate(("n° 1 Better", "1: Better", "#1. Better", "1 Better")):
        await camille.says(f"/edit {typed} words {number}")
        camille.hears(f"#1 now reads:\n> Better words {number} #1")
    # Choices are told apart though they hold commas.
    await camille.says("/visibility 1 purple")
    camille.hears("“purple” is not one of: everyone · the team only · not the team: its trusted contacts only.")
    camille.language = "fr"
    await camille.says("/visibilite 1 mauve")
    camille.hears("tout le monde · équipe seulement · pas l’équipe\u00a0: les personnes de confiance")


async def test_no_slip_leads_to_erasing_or_deciding(camille: Person, alex: Person) -> None:
    for typed in ("foo", "foget", "forgetm", "forgetme_", "effacermesdonnee", "do", "fore"):
        await camille.says(f"/{typed}")
        camille.hears(f"I do not know /{typed}. /help shows what you can do here.")
    await alex.says("/quue")
    alex.hears("I do not know /quue. /help shows what you can do here.")


async def test_a_photo_alone_or_in_answer_to_a_question_is_told_where_files_go(
    stage: BareStage, camille: Person
) -> None:
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears(TO_SEND_A_FILE)
    camille.language = "fr"
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("/suggerer", "/probleme", "légende")
    camille.language = "en"
    await camille.says("/ask")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears(TO_SEND_A_FILE)
    assert not await stage.core.store.read(lambda session: session.exec(select(Question)).all())
    await camille.says("Can I give frozen food?")
    camille.hears("I don't know, and I'd rather not guess.")
    # A photo may be what is suggested and what is added.
    await camille.says("/suggest")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("Got it: suggestion #1.", "With 1 file.")
    await camille.presses("Edit")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("1 file more with #1.")
    assert await stage.core.store.read(lambda session: session.exec(select(Feedback.text)).one()) == "(see the file)"
    # A photo is no number.
    await camille.says("/suggest A dark theme")
    for command in ("/status", "/edit"):
        await camille.says(command)
        await stage.do(camille, attachments=(PHOTO,))
        camille.hears(TO_SEND_A_FILE)


async def test_what_is_closed_offers_only_who_sees_it_and_what_is_withdrawn_nothing(
    camille: Person, alex: Person
) -> None:
    await camille.says("/suggest A dark theme")
    await alex.says("/queue 1 done")
    await camille.says("/status 1")
    said = camille.hears("[Team only] [Without my name]")
    assert "[Edit]" not in said
    assert "[Withdraw]" not in said
    await camille.presses("Team only")
    assert "[Edit]" not in camille.hears("#1 is changed. Only the team can see it, with your name.")
    # What is withdrawn is shown to nobody again.
    await camille.says("/problem The door is broken")
    await camille.says("/withdraw 2")
    await camille.says("/status 2")
    assert "[" not in camille.hears("Status: withdrawn")
    for wish in ("public", "team"):
        await camille.says(f"/visibility 2 {wish}")
        camille.hears("#2 is withdrawn: nobody else is shown it.")
