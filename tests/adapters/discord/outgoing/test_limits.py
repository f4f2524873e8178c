"""Whatever the bot may say, Discord takes each message of it: in its limits, with no two buttons of one id."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from simcord.components import validate_message_state, walk_components

from adapters.discord.names import token_of
from adapters.discord.outgoing.drawing.faces import draw
from adapters.discord.outgoing.drawing.layout import as_components
from adapters.discord.outgoing.drawing.payload import payload
from adapters.discord.outgoing.drawing.render import NO_COMMANDS, Outgoing
from adapters.discord.outgoing.messages import parts
from bot.ports.card import Face
from bot.ports.reply import Accent, Ask, Block, Button, Buttons, Document, Image, Paragraph, Reply, Row, Select, State
from tests.adapters.discord.words import BLOCKS, STEADY, TEXTS

BUTTONS = st.builds(
    Button,
    TEXTS,
    state=st.sampled_from(State),
    token=st.sampled_from(("a", "b" * 64, *(f"!{number}" for number in range(40)))),
)
SEVERAL = st.lists(BUTTONS, min_size=1, max_size=30).map(tuple)
SENT: st.SearchStrategy[Block] = st.one_of(
    BLOCKS,
    st.builds(Row, TEXTS, BUTTONS),
    st.builds(Buttons, SEVERAL),
    st.builds(Select, TEXTS, SEVERAL),
    st.builds(Image, st.just(b"\x89PNG"), TEXTS),
    st.builds(Document, st.just("a.txt"), st.just("text/plain"), st.just(b"words")),
    st.builds(lambda choices: Ask("suggest", ("text",), "Your words?", "12", choices=choices), SEVERAL),
)
REPLIES = st.builds(Reply, st.lists(SENT, min_size=1, max_size=6).map(tuple), accent=st.sampled_from((None, *Accent)))


def check(message: Outgoing) -> None:
    """Fail unless Discord takes a message."""
    made: dict[str, Any] = payload(message)
    names = [file.name for file in message.files]
    assert len(names) <= 10
    assert len(set(names)) == len(names)
    assert made["allowed_mentions"] == {"parse": []}
    validate_message_state(
        made.get("components", []),
        flags=made["flags"],
        content=made.get("content"),
        embeds=[],
        attachments=names,
        require_nonempty=True,
    )
    everything = list(walk_components(made.get("components", [])))
    shown = [one["file"]["url"] for one in everything if one["type"] == 13]
    shown += [item["media"]["url"] for one in everything if one["type"] == 12 for item in one["items"]]
    if message.components:
        assert {url.removeprefix("attachment://") for url in shown} == set(names)
    for one in everything:
        # One of blanks is refused as an empty one.
        assert one.get("label", "-").strip()
        assert one.get("content", "-").strip()


@STEADY
@given(REPLIES)
@example(Reply((Buttons((Button("Open", token="a"),)), Buttons((Button("Open", token="a"),)))))
@example(Reply((Row("#1", Button("Open", token="a")), Paragraph("and"), Row("#1", Button("Open", token="a")))))
@example(Reply((Select("Which?", (Button("A", token="a"), Button("B", token="a"))),)))
def test_discord_takes_whatever_the_bot_says(reply: Reply) -> None:
    for message in parts(reply, NO_COMMANDS, "Fill in"):
        check(message)
        check(as_components(message))


@STEADY
@given(REPLIES)
def test_discord_takes_every_card(reply: Reply) -> None:
    check(draw(Face(reply, "#1"), NO_COMMANDS))


def test_buttons_that_do_the_same_in_one_message_both_do_it() -> None:
    button = Button("Open", token="a")
    [message] = parts(Reply((Paragraph("One"), Buttons((button,)), Paragraph("Two"), Buttons((button,)))), NO_COMMANDS)
    ids = [key.custom_id for row in message.rows for key in row]
    assert [token_of(one) for one in ids] == ["a", "a"]
