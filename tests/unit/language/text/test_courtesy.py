"""Words that ask nothing, told from questions that merely begin with them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.courtesy import EMOJI, PHRASES, Courtesy, courtesy
from bot.language.text.normalise import normalise

SAID = [
    (kind, phrase.strip()) for own in PHRASES.values() for kind, listed in own.items() for phrase in listed.split(",")
]
OWN = {word for _, phrase in SAID for word in phrase.split()}
POLITE = st.lists(st.sampled_from([phrase for _, phrase in SAID]), max_size=5)
MARKS = st.sampled_from(["", "!", " 🙏", "…", "?", ", "])


def test_each_phrase_is_what_its_list_says() -> None:
    assert [(courtesy(phrase.capitalize() + " !"), phrase) for _, phrase in SAID] == SAID


def test_each_sign_is_what_its_list_says() -> None:
    signs = [(kind, sign) for kind, listed in EMOJI.items() for sign in listed]
    assert [(courtesy(f" {sign}{sign}"), sign) for _, sign in signs] == signs


def test_what_people_say_out_of_politeness_asks_nothing() -> None:
    cases: list[str] = [
        "Nice!",
        "lol",
        "Thanks in advance",
        "Merci d'avance !",
        "merci d’avance",
        "No problem",
        "de rien",
        "Bien sûr.",
        "of course",
        "Yes please",
        "merci bcp",
        "thx",
        "ty!",
        "svp",
        "ok merci",
        "Super, merci !",
        "top",
        "Génial",
        "d'accord, parfait",
        "Bonne journée à tous",
        "à bientôt",
        "see you",
    ]
    assert [text for text in cases if courtesy(text) is None] == []


def test_a_question_is_none() -> None:
    cases: list[str] = [
        "hello, when do you open?",
        "nice to have, when?",
        "thanks, and the price?",
        "please help",
        "svp les horaires",
        "no problem with the door, but with the key",
        "top up my card",
        "sorry?",
        "d'avance",
        "merci d'avance de votre réponse sur les horaires",
        "ok but where?",
        "Bonjour, où êtes-vous ?",
        "merci de me rappeler",
        "thanks for nothing works",
        "yes or no?",
        "fine?",
        "Salut les horaires",
        "and you",
        "hello" + " " * 700 + "when do you open?",
        "ok " * 40,
        "",
    ]
    assert [text for text in cases if courtesy(text) is not None] == []


@given(POLITE, st.text(min_size=1).filter(lambda text: set(re.findall(r"\w+", normalise(text))) - OWN), POLITE, MARKS)
def test_whatever_has_another_word_in_it_is_none(before: list[str], content: str, after: list[str], mark: str) -> None:
    assert courtesy(" ".join([*before, content, *after]) + mark) is None


@given(st.text(st.characters()))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert courtesy(text) in {None, *Courtesy}
