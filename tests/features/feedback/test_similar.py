"""What is compared with what before filing: only what stands there, in view of who files; nobody's words are lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from bot.language.encoding import encoders
from bot.ports.inbound import Actor, Chat, File, Said
from storage.models import Feedback
from tests import meaning
from tests.stage import PLATFORM, BareStage, Person

BENCHES = "More benches in the park near the old station"
AGAIN = "More benches in the park near the station, please"
CLOSE = "This is close to what was said already:"


NOTE = File("note.txt", "text/plain", b"words")


async def test_what_is_closed_withdrawn_or_edited_is_not_shown_any_more(
    camille: Person, noor: Person, alex: Person
) -> None:
    closed = ((alex, "/queue {} done"), (alex, "/queue {} not planned no money"), (camille, "/withdraw {}"))
    for number, (person, typed) in zip((1, 3, 5), closed, strict=True):
        await camille.says(f"/suggest {BENCHES}")
        await noor.says(f"/suggest {AGAIN}")
        noor.hears(CLOSE, f"#{number} {BENCHES}")
        await person.says(typed.format(number))
        await noor.says(f"/suggest {AGAIN}")
        noor.hears(f"Got it: suggestion #{number + 1}.")
        await noor.says(f"/withdraw {number + 1}")
    # What is edited is compared by its new words.
    await camille.says(f"/suggest {BENCHES}")
    await noor.says(f"/suggest {AGAIN}")
    noor.hears(CLOSE)
    await camille.says("/edit 7 Vegetarian meals on Fridays")
    await noor.says(f"/suggest {AGAIN}")
    noor.hears("Got it: suggestion #8.")
    await noor.says("/suggest Vegetarian meals on Fridays, please")
    noor.hears(CLOSE, "#7 Vegetarian meals on Fridays")


async def test_what_was_closed_since_it_was_found_is_not_offered(
    stage: BareStage, camille: Person, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await noor.says(f"/suggest {AGAIN}")
    noor.hears(CLOSE)
    find = stage.core.similar.find

    async def found_before(community_id: int, text: str, most: int) -> dict[int, str]:
        found = await find(community_id, text, most)
        await stage.core.store.write(close)
        return found

    def close(session: Session) -> None:
        session.get_one(Feedback, 1).closed_at = stage.core.clock.now()

    monkeypatch.setattr(stage.core.similar, "find", found_before)
    await noor.says(f"/suggest {AGAIN}")
    assert CLOSE not in noor.hears("Got it: suggestion #2.")


async def test_erased_words_are_not_shown_and_not_kept_in_memory(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await noor.says(f"/suggest {AGAIN}")
    noor.hears(CLOSE)
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await stage.core.similar.refresh_all()
    index = stage.core.similar._indexes[1]
    assert index.digests == {}
    assert index.search(BENCHES, 3) == []
    await noor.says(f"/suggest {AGAIN}")
    noor.hears("Got it: suggestion #2.")


async def test_what_only_the_team_sees_is_shown_to_nobody_and_praise_is_filed_at_once(
    camille: Person, noor: Person
) -> None:
    await camille.says("/problem The lift at the station is stuck")
    await noor.says("/problem The lift at the station is stuck again")
    noor.hears("Got it: problem #2.")
    await camille.says(f"/suggest {BENCHES}")
    await noor.says(f"/praise {AGAIN}")
    noor.hears("Got it: praise #4.")
    # The opposite is shown but not to be supported instead.
    await noor.says(f"/suggest {BENCHES.replace('More', 'Fewer')}")
    heard = noor.hears(f"#3 {BENCHES} · 0 supporters · it differs in a word that matters", "[Send it anyway]")
    assert "instead" not in heard
    # Somebody else is not told that they said it.
    await noor.says(f"/suggest {BENCHES}")
    assert "already: #3" not in noor.hears(CLOSE, "[Support #3 instead]")
    # Who supports it already is not asked again.
    await noor.says("/support 3")
    await noor.says(f"/suggest {AGAIN}")
    assert "instead" not in noor.hears(CLOSE, "1 supporter", "[#3]")


async def test_three_are_shown_at_most_and_one_s_own_is_opened(camille: Person, noor: Person) -> None:
    for place in ("station", "school", "harbour", "town hall"):
        await camille.says(f"/suggest {BENCHES} and the {place}")
        if camille.stage.heard(camille)[-1].startswith(">"):
            await camille.presses("Send it anyway")
    await noor.says(f"/suggest {AGAIN}")
    assert noor.hears(CLOSE).count("[Support #") == 3
    await camille.says(f"/suggest {AGAIN}")
    assert "instead" not in camille.hears(CLOSE, "[#1]")


async def test_words_that_are_close_are_sent_anyway_as_they_were_meant(
    camille: Person, noor: Person, stage: BareStage, alex: Person
) -> None:
    # Words for the team stay so.
    await camille.says(f"/suggest {BENCHES}")
    await noor.says("/suggest")
    await noor.fills(text=AGAIN, audience="team")
    noor.hears(CLOSE, "Only the team can see it, with your name.")
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #2.", "Only the team can see it, with your name.")
    await noor.says("/withdraw 2")
    # Forwarded words are compared too.
    await stage.do(noor, text=f"/suggest {AGAIN}", forwarded=True)
    await noor.presses("Send as mine")
    noor.hears(CLOSE, "[Support #1 instead]")
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #3.")
    await noor.says("/withdraw 3")
    # What others were not to read stays for the team.
    open_place = Chat(PLATFORM, "plaza", overlooked=True)
    reply = await stage.do(noor, command="suggest", args={"text": AGAIN, "name": "nameless"}, chat=open_place)
    assert reply
    assert reply.hush
    noor.hears(CLOSE, "Only the team can see it, with your name.")
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #4.", "Only the team can see it, with your name.")
    # Who passes a message on sees what it is close to.
    said = Said(Actor(PLATFORM, "noor", "noor"), AGAIN, "message-1")
    await stage.do(alex, command="passon", about=said)
    assert "instead" not in alex.hears(CLOSE, f"#1 {BENCHES}", "[#1]", "[As a suggestion]")
    await alex.presses("As a suggestion")
    alex.hears("The team has it as suggestion #5.")


async def test_a_file_stays_with_words_that_are_close_or_changed_and_is_fetched_once_they_are_sent(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await stage.do(noor, text=f"/suggest {AGAIN}", attachments=(NOTE,))
    noor.hears(CLOSE, "[Support #1 instead]", "With 1 file.")
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #2.", "With 1 file.")
    await noor.says("/status 2")
    noor.hears(NOTE.name)
    await noor.says("/withdraw 2")
    # A file is fetched once its words are sent.
    fetched: list[File] = []

    async def fetch() -> File:
        fetched.append(NOTE)
        return NOTE

    await stage.do(noor, text=f"/suggest {AGAIN}", attachments=(replace(NOTE, content=b"", source=fetch),))
    noor.hears(CLOSE)
    assert not fetched
    await noor.presses("Send it anyway")
    noor.hears("With 1 file.")
    assert len(fetched) == 1
    await noor.says("/withdraw 3")
    # It stays with words that are changed.
    await stage.do(noor, text=f"/suggest {AGAIN}", attachments=(NOTE,))
    await noor.presses("Edit")
    await noor.says("A fountain in the hall")
    noor.hears("Got it: suggestion #4.", "With 1 file.")
    # One that a restart lost is named.
    await stage.do(noor, text=f"/suggest {AGAIN}", attachments=(NOTE,))
    await stage.restart()
    await noor.presses("Send it anyway")
    noor.hears("Got it: suggestion #5.", f"{NOTE.name} could not be fetched just now.", "/edit 5")


async def test_the_same_words_with_a_file_can_be_sent_again_and_files_without_words_are_not_compared(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await stage.do(camille, text=f"/suggest {BENCHES}", attachments=(NOTE,))
    camille.hears(CLOSE, "With 1 file.")
    await camille.presses("Send it anyway")
    camille.hears("Got it: suggestion #2.", "With 1 file.")
    # Files without words are not compared.
    for person in (camille, noor):
        await stage.do(person, text="/suggest", attachments=(NOTE,))
    noor.hears("Got it: suggestion #4.", "With 1 file.")


@pytest.fixture
def by_meaning(monkeypatch: pytest.MonkeyPatch, thrift: None) -> Callable[[], None]:
    meaning.use(monkeypatch)
    monkeypatch.setenv("PORTEVOIX_ENCODER", encoders.BUNDLED)
    return lambda: None


@pytest.mark.usefixtures("by_meaning")
class TestAcrossLanguages:
    """By the encoder, which the fixture above must choose before the core is opened."""

    @pytest.fixture
    def settings(self, by_meaning: Callable[[], None], settings: object) -> object:
        return settings.model_copy(update={"encoder": encoders.BUNDLED})  # type: ignore[attr-defined]

    async def test_french_finds_english(self, camille: Person, noor: Person) -> None:
        await camille.says("/suggest The library should open on Sundays")
        await noor.says("/suggest Ouvrir la bibliothèque le dimanche")
        noor.hears(CLOSE, "#1 The library should open on Sundays")


async def test_a_sentence_is_for_supporters_and_goes_with_the_support(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await noor.says("/why 1 I wait there every day")
    noor.hears("Only who supports #1 can say why it matters to them.", "[Support]")
    await camille.says("/why 1 I wait there every day")
    camille.hears("#1 is yours: its words say it already.")
    await noor.says("/support 1")
    await noor.says("/pourquoi 1 I wait there every day")
    await noor.says("/why 1 I sit there every day")
    await camille.says("/status 1")
    assert "I wait" not in camille.hears("Why it matters to 1 supporter:", "> I sit there every day")
    await noor.says("/support 1")
    await camille.says("/status 1")
    assert "I sit" not in camille.hears("0 supporters")
    # Danger in it is answered first.
    await noor.says("/support 1")
    await noor.says("/why 1 I want to kill myself")
    assert "Noted beside" not in noor.hears("")
    await camille.says("/status 1")
    assert "kill" not in camille.hears("1 supporter")
    # Only who said it or a moderator takes it away.
    await noor.says("/why 1 I wait there every day")
    await camille.says("/status 1")
    assert "Take away" not in camille.hears("> I wait there every day")
    await noor.presses("Take it back")
    noor.hears("The sentence is gone from #1; the support stays.")
    await noor.presses("Take it back")
    noor.hears("This sentence is gone.")


async def test_a_sentence_is_masked_short_and_in_the_person_s_data(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await noor.says("/support 1")
    await noor.says(f"/why 1 {'word ' * 80}")
    noor.hears("One sentence, please: at most 300 characters.")
    await noor.says("/why 1 Call me on +33 6 12 34 56 78")
    assert "12 34 56" not in noor.hears("A number or an address in it is masked for everyone.")
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    await camille.says("/status 1")
    assert "Call me" not in camille.hears("1 supporter")
