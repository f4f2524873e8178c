import html
import re

from hypothesis import example, given

from adapters.telegram.outgoing.drawing.render import POINTER, Outgoing, render
from adapters.telegram.outgoing.drawing.text import JOINER, share_rows, shorten, utf16_length
from bot.ports.inbound import Role
from bot.ports.reply import (
    Ask,
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
)
from tests.adapters.telegram.outgoing.words import (
    FAMILY,
    STEADY,
    TEXTS,
    only,
    shown,
    words,
)
from tests.stage import BareStage, Person

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
    assert message.text.endswith(" #12</blockquote>")
    assert words(shown(message)) == words(MARKUP, "#12")


def test_brackets_and_tags_anywhere_else_are_only_words() -> None:
    for block in (
        Title(MARKUP),
        Paragraph(MARKUP),
        Paragraph((Strong(MARKUP),)),
        Quote("", MARKUP),
        Fields(((MARKUP, ""),)),
        Fields((("", MARKUP),)),
        Ask("suggest", ("text",), MARKUP),
        Image(PNG, MARKUP),
    ):
        assert words(shown(only(block))) == words(MARKUP), block


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
        "<blockquote>One a month\nwould help. #58</blockquote>\n<b>Status</b> <b>received</b>\n<b>From</b> Inès"
    )
    # A section that opens a message has no empty line before, and a text is escaped once.
    assert only(Title("Loop", 2)).text == "<b>Loop</b>"
    assert html.unescape(only(Paragraph("&lt; <i> \"'")).text) == "&lt; <i> \"'"


async def test_a_receipt_is_one_message_with_rows_of_buttons(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Inès"), text="/suggest Open on Saturdays")
    assert reply
    message = only(*reply.blocks)
    assert message.text == (
        "Got it: suggestion <b>#1</b>.\nEveryone can see it, with your name.\n"
        "Read by: Delivery team.\nThe decision will come here; /status_1 any time."
    )
    assert [[label for label, _ in row] for row in message.buttons] == [
        ["Edit", "Withdraw", "Team only"],
        ["Without my name", "Area"],
        ["Happy to talk about it"],
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
    assert photo == Outgoing("Problems a week", photo=Image(PNG, "Problems a week"), reply_to_first=True)


def test_a_picture_alone_replies_to_nothing_and_a_long_caption_is_cut_between_words() -> None:
    photo = only(Image(PNG, "🙂 problem " * 300))
    assert not photo.reply_to_first
    assert 1000 < utf16_length(photo.text) <= 1024
    assert photo.text.endswith((" problem…", "🙂…"))


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
    _, after = render(Reply((Ask("suggest", ("text", "audience"), "Your words?", "7", choices=choices),)))
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
    assert utf16_length(short) <= 64
    assert "\n" not in short


ROWS: dict[tuple[str, ...], list[int]] = {
    ("Yes", "No", "Cancel"): [3],
    ("Planned", "Done", "Not planned", "Next"): [2, 2],
    ("Modifier", "Retirer", "Sans mon nom", "Équipe seulement"): [2, 2],
    ("Edit", "Withdraw", "Show to everyone", "Without my name"): [2, 2],
    ("Принять", "Отложить", "日本語日本語", "👩‍👩‍👧‍👦 👍🏽"): [2, 2],
    ("How do I change the pick-up point after ordering?", "None of these"): [1, 1],
    ("a", "b", "c", "d", "e", "f", "g"): [3, 3, 1],
    (): [],
}


def test_a_row_holds_what_a_phone_shows_whole() -> None:
    assert {labels: [len(labels[row]) for row in share_rows(list(labels))] for labels in ROWS} == ROWS


async def test_what_a_button_carries_is_its_token_and_fits_whatever_its_label(stage: BareStage) -> None:
    reply = await stage.do(Person(stage, "Инес 👩‍👩‍👧‍👦"), text="/suggest Открыть в субботу 🙂 " + "щ" * 100)
    assert reply
    labels = ["Изменить 🙂" * 9, *("日本語" * 20, FAMILY * 20, "Ещё", "Область", "Поговорить")]
    buttons = [button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]
    renamed = tuple(Button(label, token=button.token) for label, button in zip(labels, buttons, strict=True))
    sent = [pair for row in only(Buttons(renamed)).buttons for pair in row]
    assert sent == [(label, button.token) for label, button in zip(labels, buttons, strict=True)]
    assert all(1 <= len(data.encode()) <= 64 for _, data in sent)
