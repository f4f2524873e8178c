from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.outgoing.drawing.markdown import LIMIT
from adapters.discord.outgoing.drawing.render import render
from bot.ports.reply import Block, Bullets, Button, Buttons, Fields, Paragraph, Quote, Reply, Strong, Title, say
from tests.adapters.discord.markdown import shown, strong
from tests.adapters.discord.words import BLOCKS, FAMILY, STEADY, TEXTS, UNSEEN, contents, graphemes, only, said, words


@STEADY
@given(st.lists(BLOCKS, max_size=4))
def test_any_reply_becomes_messages_discord_takes_and_no_word_is_lost(blocks: list[Block]) -> None:
    messages = contents(*blocks)
    assert all(0 < len(content) <= LIMIT and words(shown(content)) for content in messages)
    assert words(*map(shown, messages)) == words(*(text for block in blocks for text in said(block)))


@STEADY
@given(TEXTS)
@example("x" + FAMILY * 1000)
@example("e\u0301" * 2500)
@example("*" * 5000)
@example("x" * 1999 + " \u0301" + "y" * 50)
@example("x" * 1999 + "\u0600 " + "y" * 50)
def test_no_part_splits_a_letter_an_emoji_or_its_escape(text: str) -> None:
    parts = [part for content in contents(Quote(text)) for part in graphemes(shown(content))]
    assert parts == graphemes(text)


@STEADY
@given(TEXTS)
def test_no_part_splits_a_word_that_fits_one(text: str) -> None:
    if all(2 * len(word) < LIMIT for word in text.split()):
        parts = [shown(content).translate(UNSEEN).split() for content in contents(Quote(text))]
        assert [word for part in parts for word in part] == text.translate(UNSEEN).split()


def test_a_word_of_10000_characters_comes_in_parts_each_quoted_and_buttons_come_last() -> None:
    messages = render(Reply((Quote("x" * 10_000, "#12"), Buttons((Button("Next", token="t"),)))))
    assert [message.content[:3] for message in messages] == ["> x"] * 6
    assert [len(message.content) for message in messages[:5]] == [LIMIT] * 5
    assert [bool(message.rows) for message in messages] == [False] * 5 + [True]
    assert messages[5].content.endswith("x #12")


def test_10000_characters_of_sentences_are_cut_after_a_line_where_there_is_one_late_enough() -> None:
    text = "\n".join(["This sentence has exactly fifty characters in it...." * 10] * 20)
    parts = contents(Paragraph(text))
    assert parts[:2] == ["\n".join(text.split("\n")[:3])] * 2
    assert "\n".join(parts) == text


def test_a_long_word_after_a_short_line_begins_a_message() -> None:
    assert contents(Paragraph("a"), Paragraph("x" * 1999), Paragraph("b")) == ["a", "x" * 1999, "b"]


def test_a_long_line_after_a_short_one_fills_the_message_between_words() -> None:
    first, second = contents(Paragraph("a"), Paragraph("word " * 500))
    assert (first[:7], len(first)) == ("a\nword ", 1996)
    assert second.startswith("word ")


def test_a_title_stays_with_what_it_is_about() -> None:
    first, second = contents(Paragraph("x " * 980), Title("Loop", 2), Paragraph("y" * 100))
    assert "Loop" not in first
    assert second.startswith("**Loop**\nyyy")


def test_an_item_goes_on_without_a_bullet_and_a_strong_word_stays_strong() -> None:
    first, second = contents(Bullets((("a " * 900, Strong("b " * 200)),)))
    assert (first[:4], second[:4]) == ("- a ", "**b ")
    assert words(*strong(first), *strong(second)) == "b" * 200


def test_a_split_counts_code_points_and_escapes() -> None:
    assert len(render(say("🙂" * 2000))) == 1
    assert len(render(say("🙂" * 2001))) == 2
    assert len(render(say("*" * 1000))) == 1
    assert len(render(say("*" * 1001))) == 2


def test_no_line_is_broken_at_a_no_break_space() -> None:
    assert contents(Paragraph("mot " * 499 + "quoi\u00a0?"))[1] == "quoi\u00a0?"


def test_a_letter_longer_than_a_message_is_cut_all_the_same() -> None:
    parts = contents(Quote("e" + "\u0301" * 9000))
    assert words(*map(shown, parts)) == "e" + "\u0301" * 9000


def test_right_to_left_words_keep_their_order() -> None:
    assert only(Quote("שלום עולם, مرحبا بالعالم", "#3")).content == "> שלום עולם, مرحبا بالعالم #3"


def test_half_a_character_does_not_break_a_send() -> None:
    content = only(Quote("\ud83d\ude42 \ud83d!"), Paragraph("\ude42")).content
    assert content.encode()
    assert "🙂" in content


def test_nothing_to_say_is_no_message() -> None:
    for nothing in (
        (),
        (Paragraph(""),),
        (Quote(" \u200b\u2060\n\u00a0"),),
        (Title(" "), Bullets(("",)), Fields(())),
        (Buttons(()),),
    ):
        assert render(Reply(nothing)) == (), nothing


def test_a_part_with_nothing_to_see_is_not_sent() -> None:
    assert contents(Paragraph("\u00a0" * 5000)) == []
    assert contents(Paragraph("a" + " " * 9000 + "b")) == ["a", "b"]
    assert contents(Paragraph("a\n" + "\u200b" * 2000 + "\nb")) == ["a", "b"]


def test_what_shows_nothing_leaves_no_empty_line() -> None:
    assert (
        only(Paragraph("a"), Quote(" "), Bullets(("", "b", "\u200b")), Title(""), Paragraph("c")).content == "a\n- b\nc"
    )
