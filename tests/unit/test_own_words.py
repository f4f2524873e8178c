"""A word of a community's own is never markup, a mention, a link or a command, whatever a moderator types."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.outgoing.drawing.text import escape_trusted
from bot.locales.speech import Languages
from bot.locales.terms import LONGEST, fault, find_term, tidy
from bot.locales.wording import Known, Wording, merged
from storage.vocabulary import Status

LANGUAGES = Languages(Path(__file__).parents[2] / "bot" / "locales")
SIGNS = '*_~`|<>[]{}@#/\\:;="\n·.+^$'
TYPED = st.text(max_size=60) | st.text(alphabet="ab é1 " + SIGNS, max_size=LONGEST)


@given(TYPED)
def test_what_is_taken_is_plain(typed: str) -> None:
    word = tidy(typed)
    if fault("planned", word, (), LANGUAGES.all().values()) is None:
        assert not set(word) & set(SIGNS)
        assert escape_trusted(word).replace("\\", "") == word
        assert "{" not in word


@given(TYPED)
def test_it_is_said_as_it_was_typed(typed: str) -> None:
    word = tidy(typed)
    if fault("planned", word, (), LANGUAGES.all().values()) is None:
        wording = Wording(LANGUAGES)
        own = {"en": {"planned": word}, "fr": {"planned": word}}
        wording.put(Known(1, "plaza", "Plaza"), merged(None, {}, own), None)
        for speech in (wording.speech(1, "en"), wording.speech(1, "fr")):
            assert speech.word(Status.PLANNED) == word
            assert speech.say("planned") == word
            assert find_term(word, (), wording.understood(1).values()) == "planned"


def test_what_means_something_to_a_platform_is_refused() -> None:
    cases: list[str] = ["@everyone", "#general", "/erase", "a.example", "<@1>", "**a**", "{0}", "a · b", ""]
    assert [typed for typed in cases if fault("planned", tidy(typed), (), LANGUAGES.all().values()) is None] == []


def test_a_community_without_own_words_has_the_usual_speech_itself() -> None:
    wording = Wording(LANGUAGES)
    wording.put(Known(1, "plaza", "Plaza"), {}, None)
    assert wording.speech(1, "fr") is LANGUAGES.speech("fr")
    assert wording.understood(1) is LANGUAGES.all()


def test_a_heading_has_the_plural_of_a_kind() -> None:
    cases: list[tuple[str, str, str]] = [
        ("en", "idea", "Ideas 3"),
        ("en", "wish", "Wishes 3"),
        ("en", "worry", "Worries 3"),
        ("fr", "souhait", "Souhaits 3"),
        ("fr", "vœu", "Vœux 3"),
        ("fr", "cas précis", "Cas précis 3"),
    ]
    for language, word, several in cases:
        wording = Wording(LANGUAGES)
        wording.put(Known(1, "plaza", "Plaza"), {language: {"suggestion": word}}, None)
        assert wording.speech(1, language).say("Suggestions {n}", n=3) == several, word
