"""What a person typed, as typed arguments; whatever it is, at worst a calm refusal."""

import contextlib
from enum import Enum
from itertools import product
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from bot.catalogue import registry
from bot.commands.arguments import MOST_CHARACTERS, Typed, assign_words, bind, clean, missing, nearest, split
from bot.commands.registry import Command
from bot.errors import UserError
from bot.locales.speech import Languages, Speech
from bot.locales.words import OR, DigestAction, LanguageChoice, Verdict, forms
from bot.ports.inbound import Actor, Chat, Inbound, Role
from storage.vocabulary import Audience, Naming
from tests.clock import WEDNESDAY

LOCALES = Path(__file__).parents[3] / "bot" / "locales"
REGISTRY = registry()
LANGUAGES = Languages(LOCALES)
SPOKEN = LANGUAGES.all()
ENGLISH = LANGUAGES.speech("en")
CHOICES = list(dict.fromkeys(choice for one in REGISTRY.commands for p in one.parameters for choice in p.choices))

free_text = st.text(st.characters(), max_size=60)
"""Anything a keyboard, a paste or a broken client can produce, lone surrogates and NUL included."""
commands = st.sampled_from(REGISTRY.commands)


def command(name: str) -> Command:
    found = REGISTRY.find(name)
    assert found
    return found


def understood(name: str, rest: str) -> dict[str, object]:
    return bind(command(name), assign_words(command(name), rest, SPOKEN), ENGLISH, SPOKEN)


def test_a_command_is_read_with_everything_after_it_exactly() -> None:
    cases: list[tuple[str, Typed]] = [
        ("/suggest more light", Typed("suggest", "more light")),
        ("/suggest@portevoix_bot more light", Typed("suggest", "more light")),
        ("/suggest\nmore\n\nlight", Typed("suggest", "more\n\nlight")),
        ("  /suggest", Typed("suggest", "")),
        ("/suggest@portevoix_bot", Typed("suggest", "")),
        ("/Suggérer plus de lumière", Typed("Suggérer", "plus de lumière")),
        ("/suggest   three spaces ", Typed("suggest", "  three spaces ")),
        ("/suggest /top is slow", Typed("suggest", "/top is slow")),
    ]
    assert [(typed, split(typed)) for typed, _ in cases] == cases


def test_a_number_after_the_words_is_understood() -> None:
    cases: list[tuple[str, str, dict[str, object]]] = [
        ("assign", "Delivery team 43", {"number": 43, "team": "Delivery team"}),
        ("assign", "nobodyknown #43", {"number": 43, "team": "nobodyknown"}),
        ("assign", "43 Delivery 2", {"number": 43, "team": "Delivery 2"}),
        ("due", "in 2 weeks 43", {"number": 43, "day": "in 2 weeks"}),
        ("due", "vendredi n°43.", {"number": 43, "day": "vendredi"}),
        ("note", "Call back at 9 #43", {"number": 43, "text": "Call back at 9"}),
        ("edit", "Open at 9, number 43", {"number": 43, "text": "Open at 9,"}),
    ]
    assert [(name, typed, understood(name, typed)) for name, typed, _ in cases] == cases


@pytest.mark.parametrize("name", ["note", "edit", "reply"])
def test_the_last_number_of_words_that_are_kept_is_not_taken_for_that_of_an_item(name: str) -> None:
    with pytest.raises(UserError, match=r"“Open” is not one\. After the words it needs its sign: #12\."):
        understood(name, "Open at 9")


def test_what_only_looks_like_a_command_is_plain_talk() -> None:
    cases: list[str] = ["", " ", "/", "//", "hello /suggest", "/etc/passwd is a file", "a/b", "/ suggest"]
    assert [text for text in cases if split(text) is not None] == []


@given(st.text())
def test_any_text_after_a_command_is_kept_exactly(text: str) -> None:
    assert split(f"/suggest {text}") == Typed("suggest", text)
    assert split(f"/suggest@bot\n{text}") == Typed("suggest", text)


@given(free_text)
def test_splitting_never_fails(text: str) -> None:
    typed = split(text)
    assert typed is None or text.endswith(typed.rest)


@given(commands, free_text)
def test_spreading_and_binding_refuse_calmly_or_succeed(some: Command, text: str) -> None:
    with contextlib.suppress(UserError):
        values = bind(some, assign_words(some, text, SPOKEN), ENGLISH, SPOKEN)
        assert set(values) <= {one.name for one in some.parameters}


@given(commands, st.dictionaries(st.sampled_from(["text", "number", "audience", "verdict", "sure"]), free_text))
def test_binding_a_form_refuses_calmly_or_succeeds(some: Command, given_: dict[str, str]) -> None:
    with contextlib.suppress(UserError):
        assert set(bind(some, given_, ENGLISH, SPOKEN)) <= set(given_)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200))
def test_the_words_of_a_member_are_kept_exactly(text: str) -> None:
    assert understood("suggest", text) == ({"text": text} if regex.search(r"[^\p{C}\p{Z}]", text) else {})


@given(free_text)
@example("\x00")
@example("\ud83d")
def test_bound_words_can_be_stored_and_are_never_blank(text: str) -> None:
    words = understood("suggest", text).get("text", "words")
    assert isinstance(words, str)
    assert words.strip()


@given(free_text)
@example("\x00")
@example("\ud83d")
def test_what_comes_in_can_be_stored(text: str) -> None:
    actor = Actor("bare", text, text)
    cleaned = clean(Inbound("1", actor, Chat("bare", "plaza"), WEDNESDAY, args={"text": text}, text=text))
    for words in (cleaned.text, cleaned.args["text"], cleaned.actor.name, cleaned.actor.id):
        assert "\x00" not in words
        words.encode()


@given(free_text)
def test_looking_for_a_near_name_never_fails(text: str) -> None:
    assert nearest(REGISTRY, text, Role.STAFF) in {None, *(name for one in REGISTRY.commands for name in one.all_names)}


def test_a_number_is_read_with_or_without_its_sign() -> None:
    cases: list[str] = ["12", "#12", " 12 ", "12\n", "\n#12", "012", "n° 12", "nº12", "No. 12", "12."]
    assert [rest for rest in cases if understood("status", rest) != {"number": 12}] == []


@pytest.mark.parametrize("rest", ["twelve", "-12", "1.5", "#", "1" * 30, "12a", "n°", "12.."])
def test_what_is_no_number_is_refused_with_an_example(rest: str) -> None:
    with pytest.raises(UserError, match="such as 12"):
        understood("status", rest)


def test_any_white_space_ends_a_number() -> None:
    cases: list[str] = [" ", "\n", "\t", "\u00a0"]
    assert [
        space
        for space in cases
        if understood("edit", f"12{space}Better words,\nin two lines.")
        != {
            "number": 12,
            "text": "Better words,\nin two lines.",
        }
    ] == []


def test_a_choice_is_read_by_its_english_word() -> None:
    cases: list[str] = ["planned", "Planned", "PLANNED"]
    assert [
        word
        for word in cases
        if understood("queue", f"#12 {word} In June.")
        != {
            "number": 12,
            "verdict": Verdict.PLANNED,
            "reason": "In June.",
        }
    ] == []


def test_a_choice_of_two_words_can_be_typed() -> None:
    cases: list[str] = ["not_planned", "not planned", "Not planned"]
    assert [
        words
        for words in cases
        if understood("queue", f"12 {words} Nobody to work it.")
        != {
            "number": 12,
            "verdict": Verdict.NOT_PLANNED,
            "reason": "Nobody to work it.",
        }
    ] == []


def test_a_choice_in_a_form_is_read_in_every_language_with_and_without_accents() -> None:
    for language, (name, parameter, choice) in product(
        LANGUAGES.codes,
        (
            ("queue", "verdict", Verdict.NOT_PLANNED),
            ("queue", "verdict", Verdict.EXISTS),
            ("visibility", "name", Naming.NAMELESS),
            ("visibility", "audience", Audience.TRUSTED),
            ("language", "language", LanguageChoice.FR),
            ("digest", "action", DigestAction.PREVIEW),
        ),
    ):
        word = LANGUAGES.speech(language).word(choice)
        bare = word.translate(str.maketrans("éèêàçûîôÉ", "eeeacuioE"))
        for said in (word, word.upper(), bare, f" {word} "):
            assert bind(command(name), {parameter: said}, ENGLISH, SPOKEN) == {parameter: choice}, (parameter, said)


def test_nothing_a_choice_is_called_is_another_of_its_kind() -> None:
    for language, choice in product(LANGUAGES.codes, CHOICES):
        called = [LANGUAGES.speech(language).translate(form) for form in forms(choice)]
        others = [other for other in CHOICES if type(other) is type(choice) and other is not choice]
        taken = {name.casefold() for other in others for speech in SPOKEN.values() for name in _names(speech, other)}
        assert not taken & {name.casefold() for words in called for name in words.split(OR)}, (language, choice)


def _names(speech: Speech, choice: Enum) -> list[str]:
    return [name for form in forms(choice) for name in speech.translate(form).split(OR)]


def test_a_choice_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UserError, match="“purple” is not one of: English · French"):
        understood("language", "purple")


def test_a_word_that_is_no_choice_is_left_to_the_text_after_it() -> None:
    assert understood("queue", "because") == {"reason": "because"}


def test_too_long_a_text_is_refused_with_both_numbers() -> None:
    assert understood("suggest", "x" * MOST_CHARACTERS) == {"text": "x" * MOST_CHARACTERS}
    with pytest.raises(UserError, match=r"20001 characters; the most is 20000"):
        understood("suggest", "x" * (MOST_CHARACTERS + 1))


def test_the_first_required_value_that_lacks_is_asked_for() -> None:
    lacking = missing(command("edit"), {})
    assert lacking is not None
    assert lacking.name == "number"
    assert missing(command("edit"), {"number": 1}) is None


def test_a_mistyped_name_is_met_with_the_nearest() -> None:
    cases: list[tuple[str, str]] = [
        ("sugest", "suggest"),
        ("Suggéré", "suggerer"),
        ("praize", "praise"),
        ("hlep", "help"),
    ]
    assert [(typed, nearest(REGISTRY, typed, Role.MEMBER)) for typed, _ in cases] == cases


def test_far_names_and_unlisted_ones_are_not_proposed() -> None:
    cases: list[str] = ["xyzzy", "cancel", "overhear", "none_of_these"]
    assert [typed for typed in cases if nearest(REGISTRY, typed, Role.MEMBER) is not None] == []


def test_what_only_moderators_may_do_is_proposed_to_them_alone() -> None:
    assert nearest(REGISTRY, "synthse", Role.MODERATOR) == "synthese"
    assert nearest(REGISTRY, "synthse", Role.MEMBER) is None


def test_what_erases_or_decides_is_never_proposed() -> None:
    cases: list[str] = ["forgetm", "effacermesdonnee", "quue", "atraite", "withdraww", "cancell", "forgetme "]
    assert [typed for typed in cases if nearest(REGISTRY, typed, Role.STAFF) is not None] == []


def test_a_name_that_only_shares_some_letters_is_not_proposed() -> None:
    cases: list[str] = ["foo", "fo", "a", "to", "men", "stat", "sug", "weather", "ban", "pro"]
    assert [typed for typed in cases if nearest(REGISTRY, typed, Role.STAFF) is not None] == []


def test_a_word_nobody_takes_is_refused_rather_than_passed_over() -> None:
    with pytest.raises(UserError, match="“nwo” is not one of: preview · now"):
        understood("digest", "nwo")
