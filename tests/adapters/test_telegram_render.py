import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.telegram.render import POINTER, Outgoing, render
from adapters.telegram.text import JOINER, rows, shorten, units
from bot.events import Role
from bot.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Fields,
    Image,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Title,
    say,
)
from tests.stage import BareStage, Person

FAMILY = "👩‍👩‍👧‍👦"
PNG = b"\x89PNG"
MARKUP = "[x](y) <b> & * _ ` </blockquote> &lt; <a href='tg://user?id=1'>"
LIVE = (
    r"(?<!\w)@\w{2,32}",
    r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?![\w/<>])",
    r"#[\w\u00b7\u200c]*[^\W\d_]",
    r"\$[A-Z]",
    r"\w://",
    r"\w\.[^\W\d_]{2,}",
)
"""What Telegram turns into a mention, a command, a tag or a link wherever it finds it."""


class Sheet(HTMLParser):
    """What Telegram makes of a message's HTML: its text, refusing what it would refuse."""

    def __init__(self, message: Outgoing) -> None:
        super().__init__()
        self.text, self.open, self.tags = "", list[str](), list[tuple[str, str]]()
        self.feed(message.text)
        self.close()
        assert not self.open, f"{self.open} left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "blockquote"}
        assert not attrs
        assert not self.open, f"<{tag}> within {self.open}"
        self.open.append(tag)
        self.tags.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open:
            self.tags[-1] = (self.open[0], self.tags[-1][1] + data)


def shown(message: Outgoing) -> str:
    return Sheet(message).text


def words(*texts: str) -> str:
    return "".join("".join(texts).replace(JOINER, "").split())


def graphemes(text: str) -> list[str]:
    return [part for part in regex.findall(r"\X", text.replace(JOINER, "")) if not part.isspace()]


def only(*blocks: Block) -> Outgoing:
    (message,) = render(Reply(blocks))
    return message


def said(block: Block) -> Iterator[str]:
    match block:
        case Title() | Paragraph(text=str()):
            yield str(block.text)
        case Paragraph():
            yield from _flat(block.text)
        case Quote():
            yield from (block.text, block.source)
        case Bullets():
            for item in block.items:
                yield from ("•", *_flat(item))
        case Fields():
            for name, value in block.pairs:
                yield from (name, *_flat(value))
        case Ask():
            yield block.words


def _flat(line: str | tuple[str | Strong, ...]) -> list[str]:
    return [line] if isinstance(line, str) else [part.text if isinstance(part, Strong) else part for part in line]


STEADY = settings(deadline=None, derandomize=True, database=None)
PIECES = st.sampled_from(
    (
        *("word ", "été ", "e\u0301", "\u0301", "שלום ", "مرحبا ", "日本語", FAMILY, "🇫🇷", "👍🏽", "❤️", "𝒳", "क्षि"),
        *("\n", "\r\n", " ", "\u00a0", "<b>", "&amp;", "&", "</blockquote>", '"', "*_`[]()"),
        *("@bob", "#tag", "t.me/x"),
        "x" * 300,
    )
)
TEXTS = st.builds(lambda pieces, times: "".join(pieces) * times, st.lists(PIECES, max_size=20), st.integers(1, 60))
LINES = st.one_of(TEXTS, st.tuples(TEXTS, st.builds(Strong, TEXTS), TEXTS))
BLOCKS = st.one_of(
    st.builds(Title, TEXTS, st.sampled_from((1, 2))),
    st.builds(Paragraph, LINES),
    st.builds(Quote, TEXTS, st.sampled_from(("", "#12"))),
    st.builds(Bullets, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Fields, st.lists(st.tuples(TEXTS, LINES), max_size=3).map(tuple)),
    st.builds(Ask, st.just("suggest"), st.just(("text",)), st.just("Your words?")),
)


@STEADY
@given(st.lists(BLOCKS, max_size=4))
def test_any_reply_becomes_messages_telegram_takes_and_no_word_is_lost(blocks: list[Block]) -> None:
    messages = render(Reply(tuple(blocks)))
    for message in messages:
        assert 0 < units(shown(message)) <= 4096
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
    if all(units(word) <= 4096 for word in text.split()):
        assert [word for message in messages for word in shown(message).replace(JOINER, "").split()] == text.split()


@STEADY
@given(TEXTS)
@example("/forgetme")
@example("x" * 4095 + "/forgetme and " + "y" * 4095 + "@bob")
@example("mail a.b@example.org, http://localhost, tg://resolve?domain=x, пример.рф, HTTPS://EXAMPLE.COM/a.b")
@example("#1tag #·tag # #12 $USD @a_b (@bob) «@bob» /1")
def test_nothing_a_member_wrote_comes_alive(text: str) -> None:
    for block in (Quote(text), Bullets((text,)), Fields((("Area", text),)), Title(text)):
        for message in render(Reply((block,))):
            for live in LIVE:
                assert not re.search(live, shown(message)), live


def test_what_is_not_alive_is_left_as_it_was() -> None:
    text = "See #12 on 4/3/2026 at 9.30, 24/7: 3.5 kg at 5 $, call +33 1 23 45 67 89. Why? (yes / no)..."
    assert only(Quote(text)).text == f"<blockquote>{text}</blockquote>"


def test_the_bots_own_commands_links_and_numbers_work_and_call_nobody() -> None:
    message = only(
        Paragraph(("/status ", Strong("#12"), " or https://example.org/a, help@example.org, @desk.")),
        Bullets(((Strong("/suggest"), ": an idea"),)),
    )
    assert message.text == (
        f"/status <b>#12</b> or https://example.org/a, help@example.org, @{JOINER}desk.\n• <b>/suggest</b>: an idea"
    )
    assert not message.preview


def test_brackets_and_tags_in_a_quote_are_only_words() -> None:
    message = only(Quote(MARKUP, "#12"))
    assert message.text.startswith("<blockquote>[x](y) &lt;b&gt; &amp; * _ ` &lt;")
    assert message.text.endswith("</blockquote> #12")
    assert words(shown(message)) == words(MARKUP, "#12")


@pytest.mark.parametrize(
    "block",
    [
        Title(MARKUP),
        Paragraph(MARKUP),
        Paragraph((Strong(MARKUP),)),
        Quote("", MARKUP),
        Fields(((MARKUP, ""),)),
        Fields((("", MARKUP),)),
        Ask("suggest", ("text",), MARKUP),
        Image(PNG, MARKUP),
    ],
)
def test_brackets_and_tags_anywhere_else_are_only_words(block: Block) -> None:
    assert words(shown(only(block))) == words(MARKUP)


def test_each_block_has_its_look() -> None:
    message = only(
        Title("Your week"),
        Paragraph("2-8 March"),
        Title("To decide", 2),
        Bullets((("", Strong("#31"), " Saturdays"), "Rota")),
        Quote("One a month\nwould help.", "#58"),
        Fields((("Status", (Strong("received"),)), ("From", "Inès"))),
    )
    assert message.text == (
        "<b>Your week</b>\n2-8 March\n\n<b>To decide</b>\n• <b>#31</b> Saturdays\n• Rota\n"
        "<blockquote>One a month\nwould help.</blockquote> #58\n<b>Status</b> <b>received</b>\n<b>From</b> Inès"
    )


def test_a_section_that_opens_a_message_has_no_empty_line_before() -> None:
    assert only(Title("Loop", 2)).text == "<b>Loop</b>"


async def test_a_receipt_is_one_message_with_two_rows_of_buttons(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Inès"), text="/suggest Open on Saturdays")
    assert reply
    message = only(*reply.blocks)
    assert message.text == (
        "Got it: suggestion <b>#1</b>.\nVisible to: everyone, with your name.\n"
        "Read by: Delivery team.\nThe decision will come here; /status 1 any time."
    )
    assert [[label for label, _ in row] for row in message.buttons] == [
        ["Edit", "Withdraw"],
        ["Without my name", "Team only"],
    ]


async def test_a_digest_is_one_message_and_its_picture_a_reply_to_it(stage: BareStage) -> None:
    await stage.do(Person(stage, "Inès"), text="/suggest Open on Saturdays: t.me/evil")
    alex = Person(stage, "alex", Role.STAFF)
    reply = await stage.do(alex, text="/digest")
    assert reply
    text, photo = render(Reply((Image(PNG, "Problems a week"), *reply.blocks)))
    assert text.text.startswith("<b>Your week · Plaza</b>\n")
    assert "\n\n<b>To decide</b>\n• <b>#1</b> Open on Saturdays: " in text.text
    assert text.buttons
    assert not text.reply_to_first
    assert photo == Outgoing("Problems a week", photo=PNG, reply_to_first=True)


def test_a_picture_alone_replies_to_nothing_and_a_long_caption_is_cut_between_words() -> None:
    photo = only(Image(PNG, "🙂 problem " * 300))
    assert not photo.reply_to_first
    assert 1000 < units(photo.text) <= 1024
    assert photo.text.endswith((" problem…", "🙂…"))


def test_a_word_of_10000_characters_comes_in_three_messages_each_quoted() -> None:
    messages = render(Reply((Quote("x" * 10_000, "#12"), Buttons((Button("Next", token="t"),)))))
    assert [len(tag[1]) for message in messages for tag in Sheet(message).tags] == [4096, 4096, 1808]
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
    assert all(units(shown(message)) <= 4096 for message in messages)


def test_right_to_left_words_keep_their_order() -> None:
    assert only(Quote("שלום עולם, مرحبا بالعالم", "#3")).text == "<blockquote>שלום עולם, مرحبا بالعالم</blockquote> #3"


def test_half_a_character_does_not_break_a_send() -> None:
    message = only(Quote("\ud83d\ude42 \ud83d!"), Paragraph("\ude42"))
    assert message.text.encode()
    assert "🙂" in message.text


@pytest.mark.parametrize("nothing", [(), (Paragraph(""),), (Quote(" \u200b\u2060\n\u00a0"),), (Buttons(()),)])
def test_nothing_to_say_is_no_message(nothing: tuple[Block, ...]) -> None:
    assert render(Reply(nothing)) == ()


def test_a_part_with_nothing_to_see_is_not_sent() -> None:
    assert render(say("\u00a0" * 5000)) == ()
    assert [shown(message) for message in render(say("a" + " " * 9000 + "b"))] == ["a", "b"]
    assert [shown(message) for message in render(say("a\n" + "\u200b" * 4096 + "\nb"))] == ["a", "b"]


def test_buttons_alone_stand_under_a_pointer() -> None:
    buttons = Buttons((Button("Decide", token="t"),))
    assert only(buttons) == Outgoing(POINTER, buttons=((("Decide", "t"),),))
    assert render(Reply((buttons,)), "Choose <one>:")[0].text == "Choose &lt;one&gt;:"


def test_a_question_is_a_forced_reply_and_its_ready_answers_come_after_it() -> None:
    ask, ready = render(
        Reply(
            (
                Paragraph("#12 is not planned."),
                Ask("queue", ("reason",), "Why? Everyone concerned will read it.", "7"),
                Buttons((Button("No volunteers", token="t"),)),
            )
        )
    )
    assert ask.text == "#12 is not planned.\nWhy? Everyone concerned will read it."
    assert ask.question
    assert (ask.question.prompt, ask.question.placeholder) == ("7", "Why? Everyone concerned will read it.")
    assert ask.buttons == ()
    assert ready == Outgoing(POINTER, buttons=((("No volunteers", "t"),),))


def test_what_else_a_question_lets_choose_comes_after_it_too() -> None:
    choices = (Button("Idea", token="a"), Button("Team only", token="b"))
    _, after = render(Reply((Ask("suggest", ("text", "visibility"), "Your words?", "7", choices=choices),)))
    assert after.buttons == ((("Idea", "a"), ("Team only", "b")),)


def test_a_question_alone_shows_its_words_and_one_without_words_a_pointer() -> None:
    alone = only(Ask("suggest", ("text",), "What would <help>? " * 20, "7"))
    assert alone.text == ("What would &lt;help&gt;? " * 20)
    assert alone.question
    assert alone.question.placeholder == "What would <help>? What would <help>? What would <help>? What…"
    silent = only(Ask("suggest", ("text",), "", "8"))
    assert (silent.text, silent.question and silent.question.placeholder) == (POINTER, None)


@STEADY
@given(TEXTS)
def test_a_placeholder_fits_and_is_one_line(text: str) -> None:
    short = shorten(text, 64)
    assert units(short) <= 64
    assert "\n" not in short


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Yes", "No", "Cancel"], [3]),
        (["Planned", "Done", "Not planned", "Next"], [2, 2]),
        (["Modifier", "Retirer", "Sans mon nom", "Équipe seulement"], [2, 2]),
        (["Edit", "Withdraw", "Show to all, without my name", "Team only"], [2, 1, 1]),
        (["Принять", "Отложить", "日本語日本語", "👩‍👩‍👧‍👦 👍🏽"], [2, 2]),
        (["How do I change the pick-up point after ordering?", "None of these"], [1, 1]),
        (["a", "b", "c", "d", "e", "f", "g"], [3, 3, 1]),
        ([], []),
    ],
)
def test_a_row_holds_what_a_phone_shows_whole(labels: list[str], expected: list[int]) -> None:
    assert [len(labels[row]) for row in rows(labels)] == expected


async def test_what_a_button_carries_is_its_token_and_fits_whatever_its_label(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Инес 👩‍👩‍👧‍👦"), text="/suggest Открыть в субботу 🙂 " + "щ" * 100)
    assert reply
    labels = ["Изменить 🙂" * 9, *("日本語" * 20, FAMILY * 20, "Ещё")]
    buttons = [button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]
    renamed = tuple(Button(label, token=button.token) for label, button in zip(labels, buttons, strict=True))
    sent = [pair for row in only(Buttons(renamed)).buttons for pair in row]
    assert sent == [(label, button.token) for label, button in zip(labels, buttons, strict=True)]
    assert all(1 <= len(data.encode()) <= 64 for _, data in sent)


def test_a_text_is_escaped_once() -> None:
    assert html.unescape(only(Paragraph("&lt; <i> \"'")).text) == "&lt; <i> \"'"
