"""Whatever the bot may say, a strict server takes each message of it."""

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.outgoing.drawing.mention import address_question
from adapters.telegram.outgoing.drawing.render import in_one, render
from adapters.telegram.places import Spot
from bot.ports.adapter import Address
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    CommandLink,
    Emphasis,
    Image,
    Link,
    Listing,
    Reply,
    Row,
    Select,
    State,
    Strong,
)
from tests.adapters.telegram.outgoing.words import BLOCKS, STEADY, TEXTS
from tests.sockets.fakes.telegram import checks
from tests.sockets.fakes.telegram.journal import Call

BUTTONS = st.builds(
    Button, TEXTS, state=st.sampled_from(State), token=st.sampled_from(("a", "b" * 64)), short=st.just("") | TEXTS
)
SEVERAL = st.lists(BUTTONS, min_size=1, max_size=30).map(tuple)
SPANS = st.one_of(
    st.builds(Strong, TEXTS),
    st.builds(Emphasis, TEXTS),
    st.builds(Code, TEXTS),
    st.builds(Link, TEXTS, st.just('https://example.org/?a="b"&c')),
    st.builds(CommandLink, TEXTS, TEXTS),
)
SENT: st.SearchStrategy[Block] = st.one_of(
    BLOCKS,
    st.builds(Bullets, st.lists(st.lists(SPANS, min_size=1, max_size=3).map(tuple), max_size=6).map(tuple)),
    st.builds(Row, TEXTS, BUTTONS),
    st.builds(Buttons, SEVERAL),
    st.builds(Select, TEXTS, SEVERAL),
    st.builds(Listing, TEXTS),
    st.builds(Image, st.just(b"\x89PNG"), TEXTS),
    st.builds(lambda words, choices: Ask("suggest", ("text",), words, "12", choices=choices), TEXTS, SEVERAL),
)
ADDRESS = Address("-1", False, "answer:1", person="7", name="Noor " * 20)
REPLIES = st.lists(SENT, min_size=1, max_size=6).map(tuple).map(Reply)


@STEADY
@given(REPLIES)
@example(Reply((Buttons((Button(" ", token="a"),)),)))
@example(Reply((Bullets(tuple((Strong(f"{number}"), " words") for number in range(150))),)))
@example(Reply((Buttons(tuple(Button(f"{number}", token="a") for number in range(130))),)))
@example(Reply((Ask("suggest", ("text",), "word " * 819, "12"),)))
def test_telegram_takes_whatever_the_bot_says(reply: Reply) -> None:
    messages = render(reply)
    named = (address_question(ADDRESS, message, None) for message in messages)
    for message in (*messages, *named, *(in_one(messages) if messages else ())):
        method, given = Letter(Spot(1), message).call()
        call = Call(method, {name: value for name, value in given.items() if value is not None})
        if method == "sendMessage":
            checks.message_text(call)
        else:
            checks.caption(call)
        checks.markup(call)
