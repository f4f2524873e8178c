"""What people type is understood as they would say it, in both languages; what is not is refused kindly."""

from sqlmodel import select

from bot.ports.inbound import File
from storage.models import Feedback, Question
from tests.pictures import photo
from tests.stage import BareStage, Person

PHOTO = File("photo.jpg", "image/jpeg", photo())
TO_SEND_A_FILE = "To send the team a file, write /suggest or /problem first, or as its caption."

SHOWN = {
    "nameless": "Everyone can see it, without your name",
    "anonymous": "Everyone can see it, without your name",
    "Anonymously": "Everyone can see it, without your name",
    "without my name": "Everyone can see it, without your name",
    "everyone, without my name": "Everyone can see it, without your name",
    "everyone without my name": "Everyone can see it, without your name",
    "sans nom": "Everyone can see it, without your name",
    "ANONYME": "Everyone can see it, without your name",
    "communauté, sans mon nom": "Everyone can see it, without your name",
    "team": "Only the team can see it, with your name",
    "team only": "Only the team can see it, with your name",
    "Team only.": "Only the team can see it, with your name",
    "Team only, with my name": "Only the team can see it, with your name",
    "équipe": "Only the team can see it, with your name",
    "l'équipe": "Only the team can see it, with your name",
    "equipe seulement": "Only the team can see it, with your name",
    "Équipe seulement, avec mon nom": "Only the team can see it, with your name",
    "privé": "Only the team can see it, with your name",
}
EVERYONE = (
    "public",
    "everyone",
    "Show to everyone",
    "everyone, with my name",
    "tout le monde",
    "communauté avec mon nom",
)


async def test_who_sees_it_is_said_in_ones_own_words(stage: BareStage) -> None:
    for number, (words, who) in enumerate(SHOWN.items(), 1):
        author = Person(stage, f"says {words}")
        await author.says(f"/suggest Pay early, version {number}")
        await author.says(f"/visibility {number} {words}")
        if "without" in who:
            await author.presses("Take my name off")
        author.hears(f"#{number} is changed. {who}.")


async def test_who_sees_it_can_be_everyone_again(stage: BareStage) -> None:
    for number, words in enumerate(EVERYONE, 1):
        author = Person(stage, f"says {words}")
        await author.says(f"/problem The lift is stuck, floor {number}")
        await author.says(f"/visibilite {number} {words}")
        await author.presses("Show to everyone")
        author.hears(f"#{number} is changed. Everyone can see it, with your name.")


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


async def test_choices_are_told_apart_though_they_hold_commas(noor: Person) -> None:
    await noor.says("/suggest Pay early")
    await noor.says("/visibility 1 purple")
    noor.hears("“purple” is not one of: everyone · the team only · not the team: its trusted contacts only.")
    noor.language = "fr"
    await noor.says("/visibilite 1 mauve")
    noor.hears("tout le monde · équipe seulement · pas l’équipe\u00a0: les personnes de confiance")


TYPED = (
    ("problem", "being handled", "being handled"),
    ("problem", "Pris en charge", "being handled"),
    ("problem", "resolved", "resolved"),
    ("praise", "Read", "read"),
    ("praise", "lu", "read"),
    ("suggest", "Fait", "done"),
    ("problem", "explained It is by design.", "explained"),
)


async def test_a_decision_is_typed_as_its_button_says_it(stage: BareStage, alex: Person) -> None:
    for number, (filed, typed, status) in enumerate(TYPED, 1):
        await Person(stage, f"author {number}").says(f"/{filed} The lift, floor {number}")
        await alex.says(f"/queue {number} {typed}")
        alex.hears(f"#{number} is now {status}.")


async def test_a_digest_is_asked_for_in_either_language(alex: Person) -> None:
    for typed in ("aperçu", "apercu", "Preview", "APERÇU"):
        await alex.says("/help")
        await alex.says(f"/synthese {typed}")
        alex.hears("Your week · Plaza")


NUMBERS = ("#{}", "n° {}", "N°{}", "no {}", "№ {}", "{}.", "{},", "number {}", "numéro {}", "# {}", "{} !")


async def test_a_number_is_understood_as_people_write_it(stage: BareStage) -> None:
    for number, written in enumerate(NUMBERS, 1):
        author, typed = Person(stage, f"author {number}"), written.format(number)
        await author.says(f"/suggest A dark theme for floor {number}")
        if "[Send it anyway]" in author.hears():
            await author.presses("Send it anyway")
        await author.says(f"/status {typed}")
        author.hears(f"> A dark theme for floor {number} #{number}")
        await author.says(f"/withdraw {typed}")
        author.hears(f"#{number} is withdrawn.")


async def test_words_after_a_number_are_the_new_ones(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for number, typed in enumerate(("n° 1 Better", "1: Better", "#1. Better", "1 Better")):
        await camille.says(f"/edit {typed} words {number}")
        camille.hears(f"#1 now reads:\n> Better words {number} #1")


async def test_what_is_no_number_is_met_with_one_that_is(camille: Person) -> None:
    await camille.says("/status abc")
    camille.hears("A number is needed here, such as 12; “abc” is not one.")
    camille.language = "fr"
    await camille.says("/statut abc")
    camille.hears("Il faut un numéro ici, par exemple 12")


async def test_no_slip_leads_to_erasing(camille: Person) -> None:
    for typed in ("foo", "foget", "forgetm", "forgetme_", "effacermesdonnee", "do", "fore"):
        await camille.says(f"/{typed}")
        camille.hears(f"I do not know /{typed}. /help shows what you can do here.")


async def test_no_slip_leads_to_deciding(alex: Person) -> None:
    await alex.says("/quue")
    alex.hears("I do not know /quue. /help shows what you can do here.")


async def test_a_photo_in_answer_to_a_question_is_told_where_files_go(stage: BareStage, camille: Person) -> None:
    await camille.says("/ask")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears(TO_SEND_A_FILE)
    assert not await stage.core.store.read(lambda session: session.exec(select(Question)).all())
    await camille.says("Can I give frozen food?")
    camille.hears("I don't know, and I'd rather not guess.")


async def test_a_photo_is_no_number(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for command in ("/status", "/edit"):
        await camille.says(command)
        await stage.do(camille, attachments=(PHOTO,))
        camille.hears(TO_SEND_A_FILE)


async def test_a_photo_may_be_what_is_suggested_and_what_is_added(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("Got it: suggestion #1.", "With 1 file.")
    await camille.presses("Edit")
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("1 file more with #1.")
    assert await stage.core.store.read(lambda session: session.exec(select(Feedback.text)).one()) == "(see the file)"


async def test_a_photo_alone_is_told_where_files_go(stage: BareStage, camille: Person) -> None:
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears(TO_SEND_A_FILE)
    camille.language = "fr"
    await stage.do(camille, attachments=(PHOTO,))
    camille.hears("/suggerer", "/probleme", "légende")


async def test_what_is_closed_offers_only_who_sees_it(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A dark theme")
    await alex.says("/queue 1 done")
    await camille.says("/status 1")
    said = camille.hears("[Team only] [Without my name]")
    assert "[Edit]" not in said
    assert "[Withdraw]" not in said
    await camille.presses("Team only")
    assert "[Edit]" not in camille.hears("#1 is changed. Only the team can see it, with your name.")


async def test_what_is_withdrawn_offers_nothing_and_is_shown_to_nobody_again(camille: Person) -> None:
    await camille.says("/problem The door is broken")
    await camille.says("/withdraw 1")
    await camille.says("/status 1")
    assert "[" not in camille.hears("Status: withdrawn")
    for wish in ("public", "team"):
        await camille.says(f"/visibility 1 {wish}")
        camille.hears("#1 is withdrawn: nobody else is shown it.")
