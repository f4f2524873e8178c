"""Replies: to JSON and back, their buttons, and as plain text."""

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given

from bot.ports.codec import ReplyCodec
from bot.ports.plain import plain
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Document,
    Fields,
    Image,
    Listing,
    Paragraph,
    Quote,
    Reply,
    Row,
    Select,
    State,
    Strong,
    Title,
    Weight,
    buttons_of,
    flat,
    has_buttons,
    say,
    with_buttons,
)
from tests.unit.replies import replies

WIRE = ReplyCodec()
PNG = b"\x89PNG\r\n\x1a\n\x00\xff"

ONE_OF_EACH = Reply(
    (
        Title("Your week"),
        Title("To decide", 2),
        Paragraph(("All is ", Strong("calm"), ".")),
        Quote("Two\nlines", "#12"),
        Bullets(("one", (Strong("#2"), " two"))),
        Fields((("Status", "planned"), ("From", (Strong("Inès"),)))),
        Listing("Mo  9-18"),
        Row(("One ", Strong("more")), Button("Me too", "support", {"number": "3"}, weight=Weight.GOOD)),
        Select("Which area?", (Button("Help", token="a"), Button("Food", token="b", state=State.CHOSEN))),
        Image(PNG, "problems a week"),
        Document("mydata.json", "application/json", b"{}"),
        Buttons((Button("Decide", "queue", {"number": "12"}), Button("Later", token="x"))),
        Ask("suggest", ("text",), "What would you suggest?", "7", {"area": "Help"}),
    )
)


@given(replies)
def test_a_reply_comes_back_from_json_as_it_went(reply: Reply) -> None:
    assert WIRE.load(json.loads(json.dumps(WIRE.dump(reply)))) == reply


def test_one_of_each_block_comes_back_from_json_as_it_went() -> None:
    assert {type(block) for block in ONE_OF_EACH.blocks} == set(get_args(get_args(Block)[0]))
    assert WIRE.load(json.loads(json.dumps(WIRE.dump(ONE_OF_EACH)))) == ONE_OF_EACH


@pytest.mark.parametrize("payload", [{}, {"blocks": [{"block": "marquee"}]}, {"blocks": [{"block": "title"}]}])
def test_a_payload_that_is_no_reply_is_refused(payload: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        WIRE.load(payload)


def test_plain_text_says_everything_in_order() -> None:
    assert plain(ONE_OF_EACH) == (
        "Your week\n"
        "\n"
        "To decide\n"
        "All is calm.\n"
        "> Two\n"
        "> lines #12\n"
        "• one\n"
        "• #2 two\n"
        "Status: planned\n"
        "From: Inès\n"
        "Mo  9-18\n"
        "• One more [Me too]\n"
        "Which area? [Help] [Food]\n"
        "[problems a week]\n"
        "[mydata.json]\n"
        "[Decide] [Later]\n"
        "What would you suggest?\n"
    )


def test_plain_text_leaves_buttons_out_when_length_is_counted() -> None:
    assert "[Decide]" not in plain(ONE_OF_EACH, buttons=False)
    assert plain(Reply((Paragraph("a"), Buttons((Button("b"),)))), buttons=False) == "a\n"


@given(replies)
def test_any_reply_has_plain_text(reply: Reply) -> None:
    text = plain(reply)
    assert text.endswith("\n")
    assert all(block.text in text for block in reply.blocks if isinstance(block, Quote) and block.text.isalnum())


def test_a_line_without_its_emphasis_has_all_its_words() -> None:
    assert flat(("a ", Strong("b"), " c")) == "a b c"
    assert flat("a *b* c") == "a *b* c"


def test_buttons_are_swapped_and_nothing_else() -> None:
    swapped = with_buttons(ONE_OF_EACH, lambda button: Button(button.label, token="t"))
    assert [block for block in swapped.blocks if not buttons_of(block)] == [
        block for block in ONE_OF_EACH.blocks if not buttons_of(block)
    ]
    assert {button.token for block in swapped.blocks for button in buttons_of(block)} == {"t"}
    assert has_buttons(ONE_OF_EACH)
    assert not has_buttons(swapped)
    assert swapped.private is ONE_OF_EACH.private


def test_saying_something_is_a_private_reply_of_paragraphs() -> None:
    assert say("a", "b") == Reply((Paragraph("a"), Paragraph("b")), private=True)
    assert replace(say("a"), private=False) != say("a")
