"""What is one's own, what one supports and follows, and what one asked, each with a way out."""

from tests.features.moderation.speaking import namelessly
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person


async def test_what_is_supported_and_followed_is_listed_with_a_way_out(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await noor.says("/support 1")
    await noor.says("/follow 2")
    await noor.says("/mine")
    noor.hears("Supported and followed", "#1 Sunday opening · received · supported", "#2 A dark theme")
    noor.hears("[Leave #2]", "[Mute #1]")
    await noor.presses("Leave #1")
    noor.hears("You have left #1: no more support, no more news of it.")
    await noor.says("/mine")
    assert "#1" not in noor.hears("#2 A dark theme · received · followed")
    noor.language = "fr"
    await noor.says("/mesretours")
    noor.hears("Soutiens et suivis", "#2 A dark theme · bien reçu · suivi")
    # Words that are not for everyone any more are not listed.
    noor.language = "en"
    await noor.says("/support 1")
    await camille.says("/visibility 1 team")
    await noor.says("/mine")
    assert "Sunday" not in noor.hears("#1 …")


async def test_news_of_one_is_muted_by_a_typed_command(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/mute 1")
    noor.hears("There is no news of #1 for you.")
    await noor.says("/support 1")
    await noor.says("/mute 1")
    noor.hears("No more news of #1.", "[Tell me of #1 again]")
    noor.language = "fr"
    await noor.says("/silence 1")
    noor.hears("#1", "[Silence pour #1]")
    await noor.says("/mute")
    noor.hears("Quel numéro")


async def test_ones_own_are_paged_and_can_be_withdrawn(camille: Person) -> None:
    for number in range(7):
        await camille.says(f"/suggest Idea number {number} for everybody here")
    await camille.says("/mine")
    camille.hears("Your feedback · 1 to 5 of 7", "#7", "[Withdraw #7]", "[Next]")
    await camille.presses("Next")
    camille.hears("Your feedback · 6 to 7 of 7", "#1", "[Previous]")
    await camille.presses("Withdraw #1")
    camille.hears("#1 is withdrawn.")


async def test_questions_are_listed_and_can_be_taken_back_by_whoever_asked(
    camille: Person, noor: Person, stage: BareStage, alex: Person
) -> None:
    # A question of another stays.
    await camille.says("/ask When is the summer party?")
    await camille.says("/mine")
    await stage.do(noor, button=stage.token(camille, "When is the summer party?"))
    await camille.says("/mine")
    camille.hears("When is the summer party?")
    await camille.says("/mine")
    camille.hears("Your questions", "When is the summer party? · 4 March · waits for an answer")
    await camille.presses("When is the summer party?")
    camille.hears("Your question is withdrawn.")
    await alex.says("/unanswered")
    assert "summer" not in alex.stage.heard(alex)[-1]
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")


async def test_a_nameless_one_is_muted_by_its_number(
    camille: Person, alex: Person, stage: BareStage, days: Days
) -> None:
    await namelessly(stage, camille, "Fewer mails")
    await camille.says("/mine")
    camille.hears("#1000 Fewer mails", "[News of one without your name]")
    await camille.presses("News of one without your name")
    camille.hears("Which number?")
    await camille.says("#1000")
    camille.hears("No more news of #1000. /mine still shows it.", "[Tell me of #1000 again]")
    await alex.says("/queue 1000 planned")
    await days.go_by(minutes=5)
    camille.never_heard("is now planned")
    await camille.says("/mine")
    await camille.presses("News of one without your name")
    await camille.says("1000")
    camille.hears("You will hear what becomes of #1000.")
    await alex.says("/queue 1000 done")
    await days.go_by(minutes=5)
    camille.hears("#1000 is now done.")


async def test_a_nameless_one_has_no_button_beside_others(camille: Person, stage: BareStage, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/mine")
    assert "without your name" not in camille.hears("#1")
    await namelessly(stage, camille, "Fewer mails")
    await camille.says("/mine")
    assert "[#1000]" not in camille.hears("#1000 Fewer mails", "[#1]")
    assert "Mute #1000" not in camille.hears("[Mute #1]")
    # Muting by number tells another nothing.
    await namelessly(stage, noor, "A dark theme")
    for number in ("1000", "999"):
        await noor.says("/mine")
        await noor.presses("News of one without your name")
        await noor.says(number)
        noor.hears(f"There is no news of #{number} for you.")
