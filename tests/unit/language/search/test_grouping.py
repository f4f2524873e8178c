"""Questions grouped by what they mean."""

from bot.language.encoding.encoder import Encoder
from bot.language.search.grouping import find_related, group
from tests import meaning

ASKED = (
    ("Can I bring my dog?", "en"),
    ("Is there a bus on Sunday?", "en"),
    ("May I bring dogs?", "en"),
    ("Is there a bus on Monday?", "en"),
    ("Puis-je venir avec mon chien ?", "fr"),
    ("When does the pool open?", "en"),
    ("When does the pool close?", "en"),
)


def grouped(encoder: Encoder | None) -> list[list[int]]:
    return group(ASKED, encoder, ("en", "fr"))


def test_what_means_the_same_is_one_group_in_every_language() -> None:
    assert grouped(meaning.encoder()) == [[0, 2, 4], [1], [3], [5], [6]]


def test_by_words_alone_what_is_worded_alike_is_one_group() -> None:
    assert grouped(None) == [[0, 2], [1], [3], [4], [5], [6]]
    assert group((("Where is the base?", "en"), ("where is the base", "en")), None, ("en", "fr")) == [[0, 1]]


def test_nothing_has_no_groups() -> None:
    assert group((), None, ("en", "fr")) == []


def test_what_may_mean_the_same_is_told_from_what_does() -> None:
    asked = ASKED[1:]
    assert find_related(asked, meaning.encoder(), ("en", "fr")) == ([], [], [2])
    assert find_related(ASKED, meaning.encoder(), ("en", "fr")) == ([2, 4], [], [])
    assert find_related((), None, ("en", "fr")) == ([], [], [])


def test_a_group_is_led_by_what_most_asked_and_of_that_by_what_is_nearest_to_the_others() -> None:
    asked = [(text, "en") for text in ("Can I bring my dog with me?", "May I bring my dog?", "Can I bring my dog?")]
    encoder, languages = meaning.encoder(), ("en", "fr")
    assert group(asked, encoder, languages) == [[2, 1, 0]]
    assert group(asked, encoder, languages, [2, 1, 1])[0][0] == 0


def test_one_swapped_word_parts_only_what_is_nearly_the_same_otherwise() -> None:
    zones = (("What timezone is Canada in?", "en"), ("What timezone is Russia in?", "en"))
    voice = (("Use the whisper voice", "en"), ("Turn on the whisper voice", "en"))
    assert group(zones, meaning.encoder(), ("en", "fr")) == [[0], [1]]
    assert len(group(voice, meaning.encoder(), ("en", "fr"))) == 1
