from hypothesis import example, given
from hypothesis import strategies as st

from adapters.telegram.outgoing.drawing.render import render
from adapters.telegram.outgoing.drawing.text import JOINER, utf16_length
from bot.ports.reply import (
    Block,
    Button,
    Buttons,
    Paragraph,
    Quote,
    Reply,
    Strong,
    say,
)
from tests.adapters.telegram.outgoing.words import (
    BLOCKS,
    FAMILY,
    STEADY,
    TEXTS,
    Sheet,
    graphemes,
    only,
    said,
    shown,
    words,
)


@STEADY
@given(st.lists(BLOCKS, max_size=4))
def test_any_reply_becomes_messages_telegram_takes_and_no_word_is_lost(blocks: list[Block]) -> None:
    messages = render(Reply(tuple(blocks)))
    for message in messages:
        assert 0 < utf16_length(shown(message)) <= 4096
        assert shown(message).strip()
    heard = words(*map(shown, messages))
    assert heard == words(*(text for block in blocks for text in said(block)))


@STEADY
@given(TEXTS)
@example("x" + FAMILY * 1000)
@example("e\u0301" * 5000)
@example("🇫🇷" * 1500)
@example("x" * 4095 + " \u0301" + "y" * 50)
@example("x" * 4095 + "\u0600 " + "y" * 50)
def test_no_part_splits_a_letter_or_an_emoji(text: str) -> None:
    messages = render(say(text))
    assert [part for message in messages for part in graphemes(shown(message))] == graphemes(text)


@STEADY
@given(TEXTS)
def test_no_part_splits_a_word_that_fits_one(text: str) -> None:
    messages = render(say(text))
    if all(utf16_length(word) <= 4096 for word in text.split()):
        assert [word for message in messages for word in shown(message).replace(JOINER, "").split()] == text.split()


def test_a_word_of_10000_characters_comes_in_three_messages_each_quoted() -> None:
    messages = render(Reply((Quote("x" * 10_000, "#12"), Buttons((Button("Next", token="t"),)))))
    assert [len(tag[1]) for message in messages for tag in Sheet(message).tags] == [4096, 4096, 1812]
    assert [message.buttons for message in messages] == [(), (), ((("Next", "t"),),)]


def test_10000_characters_of_sentences_are_cut_after_a_line_where_there_is_one_late_enough() -> None:
    text = "\n".join(["This sentence has exactly fifty characters in it...." * 10] * 20)
    messages = render(say(text))
    assert [shown(message) for message in messages[:2]] == ["\n".join(text.split("\n")[:7])] * 2
    assert "\n".join(map(shown, messages)) == text


def test_a_split_counts_what_is_shown_and_not_its_markup() -> None:
    assert len(render(say("&<>" * 1365))) == 1
    assert len(render(say("🙂" * 2048))) == 1
    assert len(render(say("🙂" * 2049))) == 2


def test_no_line_is_broken_at_a_no_break_space() -> None:
    assert shown(render(say("mot " * 1023 + "quoi\u00a0?"))[1]) == "quoi\u00a0?"


def test_space_before_the_first_word_takes_no_room() -> None:
    assert [shown(message) for message in render(say("\n" + "x" * 4096))] == ["x" * 4096]


def test_what_cannot_be_seen_has_no_style() -> None:
    assert only(Paragraph(("a", Strong(" "), "b"))).text == "a b"


def test_a_letter_longer_than_a_message_is_cut_all_the_same() -> None:
    messages = render(say("e" + "\u0301" * 9000))
    assert words(*map(shown, messages)) == "e" + "\u0301" * 9000
    assert all(utf16_length(shown(message)) <= 4096 for message in messages)


def test_right_to_left_words_keep_their_order() -> None:
    assert only(Quote("שלום עולם, مرحبا بالعالم", "#3")).text == "<blockquote>שלום עולם, مرحبا بالعالم #3</blockquote>"


def test_half_a_character_does_not_break_a_send() -> None:
    message = only(Quote("\ud83d\ude42 \ud83d!"), Paragraph("\ude42"))
    assert message.text.encode()
    assert "🙂" in message.text


def test_nothing_to_say_is_no_message() -> None:
    for nothing in ((), (Paragraph(""),), (Quote(" \u200b\u2060\n\u00a0"),), (Buttons(()),)):
        assert render(Reply(nothing)) == (), nothing


def test_a_part_with_nothing_to_see_is_not_sent() -> None:
    assert render(say("\u00a0" * 5000)) == ()
    assert [shown(message) for message in render(say("a" + " " * 9000 + "b"))] == ["a", "b"]
    assert [shown(message) for message in render(say("a\n" + "\u200b" * 4096 + "\nb"))] == ["a", "b"]
