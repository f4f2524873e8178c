"""Replies as cards, rows and lists: within Discord's limits, with every word, drawn as what they mean."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from simcord.components import component_mentions, walk_components

from adapters.discord.names import button_id
from adapters.discord.outgoing.drawing.markdown import SlashCommand
from adapters.discord.outgoing.drawing.payload import COLOURS, payload
from adapters.discord.outgoing.drawing.render import NO_COMMANDS, Outgoing
from adapters.discord.outgoing.messages import parts
from bot.ports.reply import (
    Accent,
    Block,
    Button,
    Buttons,
    CommandLink,
    Document,
    Image,
    Paragraph,
    Quote,
    Reply,
    Row,
    Select,
    State,
    Title,
    Weight,
)
from tests.adapters.discord.markdown import shown
from tests.adapters.discord.words import BLOCKS, STEADY, TEXTS, said, words

V2 = 1 << 15
ROWS = st.builds(Row, TEXTS, st.just(Button("Me too", token="t")))


def texts_of(message: Outgoing) -> str:
    return component_mentions(payload(message)["components"])


def drawn(reply: Reply) -> dict[str, Any]:
    (message,) = parts(reply, NO_COMMANDS)
    return payload(message)


@STEADY
@given(st.lists(BLOCKS | ROWS, min_size=1, max_size=4).filter(lambda blocks: any(type(one) is Row for one in blocks)))
def test_any_list_becomes_messages_discord_takes_and_no_word_is_lost(blocks: list[Block]) -> None:
    messages = parts(Reply((*blocks,)), NO_COMMANDS)
    for message in messages:
        made = payload(message)
        assert made["flags"] & V2
        assert "content" not in made
        assert len(list(walk_components(made["components"]))) <= 40
        assert 0 < len(texts_of(message)) <= 4_000
    expected = [text for block in blocks for text in ((block.text,) if isinstance(block, Row) else said(block))]
    assert words(*(shown(texts_of(message)) for message in messages)).replace("↓", "") == words(*map(str, expected))


@STEADY
@given(st.builds(Quote, TEXTS, st.just("#12")))
@example(Quote("word " * 2_000, "#12"))
@example(Quote("*" * 3_000, "#12"))
def test_a_card_is_one_message_and_its_whole_text_comes_along(quote: Quote) -> None:
    (message,) = parts(Reply((Title("Suggestion #12"), quote), accent=Accent.IDEA), NO_COMMANDS)
    assert len(texts_of(message)) <= 4_000
    if message.files:
        (file,) = message.files
        assert (file.name, file.content) == ("12.txt", quote.text.encode())
    else:
        assert words(shown(texts_of(message))) == words("Suggestion #12", quote.text, "#12")


def test_a_card_has_the_colour_of_what_it_is_about() -> None:
    cards = {one: drawn(Reply((Title("Problem #3"),), accent=one))["components"] for one in Accent}
    assert {one: [(card["type"], card["accent_color"]) for card in made] for one, made in cards.items()} == {
        one: [(17, COLOURS[one])] for one in Accent
    }
    assert len(set(COLOURS.values())) == len(Accent)


def test_a_row_has_its_button_beside_it() -> None:
    button = Button("Me too", token="t", weight=Weight.GOOD)
    [section] = drawn(Reply((Row("#3 Longer hours", button),)))["components"]
    assert section["type"] == 9
    assert section["components"][0]["content"] == "#3 Longer hours"
    accessory = section["accessory"]
    assert (accessory["label"], accessory["custom_id"], accessory["style"]) == ("Me too", button_id("t"), 3)


def test_a_button_that_no_longer_applies_is_shown_and_cannot_be_pressed() -> None:
    closed = Button("Planned", token="p", state=State.CLOSED)
    danger = Button("Remove", token="r", weight=Weight.DANGEROUS)
    _, row = drawn(Reply((Paragraph("Done."), Buttons((closed, danger))), accent=Accent.DONE))["components"][0][
        "components"
    ]
    assert [(one["style"], one["disabled"]) for one in row["components"]] == [(2, True), (4, False)]
    [row] = drawn(Reply((Paragraph("Done."), Buttons((closed, danger)))))["components"]
    assert [(one["style"], one.get("disabled", False)) for one in row["components"]] == [(2, True), (4, False)]


def test_a_choice_is_a_list_whose_options_do_what_buttons_do() -> None:
    options = (Button("Help", token="a"), Button("Food", token="b", state=State.CHOSEN))
    [row] = drawn(Reply((Select("Which area?", options),)))["components"]
    [menu] = row["components"]
    assert menu["placeholder"] == "Which area?"
    assert [(one["label"], one["value"], one["default"]) for one in menu["options"]] == [
        ("Help", button_id("a"), False),
        ("Food", button_id("b"), True),
    ]


def test_pictures_are_seen_where_they_stand_and_files_below() -> None:
    made = drawn(Reply((Image(b"\x89PNG", "A curve"), Document("mydata.json", "application/json", b"{}"))))
    gallery, file = made["components"]
    assert gallery["items"][0]["media"]["url"].startswith("attachment://")
    assert gallery["items"][0]["description"] == "A curve"
    assert file["file"]["url"] == "attachment://mydata.json"


def test_a_command_starts_with_a_press_where_its_id_is_known() -> None:
    line = Paragraph(("See ", CommandLink("/status 12", "status", "12"), "."))
    [known] = parts(Reply((line,)), {"status": SlashCommand("status", 77)})
    [unknown] = parts(Reply((line,)), NO_COMMANDS)
    assert known.content == "See </status:77> 12."
    assert unknown.content == "See /status 12."


def test_a_french_command_is_shown_with_its_accents() -> None:
    line = Paragraph(("Voir ", CommandLink("/suggerer", "suggest"), "."))
    [known] = parts(Reply((line,)), {"suggest": SlashCommand("suggest", 7)})
    assert known.content == "Voir </suggérer:7>."
