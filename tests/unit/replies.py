"""Every reply there can be, for Hypothesis."""

from datetime import UTC

from hypothesis import strategies as st

from bot.ports.reply import (
    Ask,
    Bullets,
    Button,
    Buttons,
    Code,
    CommandLink,
    Document,
    Emphasis,
    Fields,
    Image,
    Instant,
    Line,
    Link,
    Listing,
    Paragraph,
    Precision,
    Quote,
    Reply,
    Row,
    Select,
    State,
    Strong,
    Title,
    Weight,
)

words = st.text(max_size=30)
args = st.dictionaries(words, words, max_size=3)
instants = st.datetimes(timezones=st.just(UTC))
spans = st.one_of(
    *(st.builds(span, words) for span in (Strong, Emphasis, Code)),
    st.builds(Link, words, words),
    st.builds(Instant, words, instants, st.sampled_from(Precision)),
    st.builds(CommandLink, words, words, words),
)
lines: st.SearchStrategy[Line] = words | st.lists(words | spans, max_size=4).map(tuple)
buttons = st.builds(Button, words, words, args, words, st.sampled_from(Weight), st.sampled_from(State))

blocks = st.one_of(
    st.builds(Title, words, st.integers(1, 2)),
    st.builds(Paragraph, lines),
    st.builds(Quote, words, words),
    st.builds(Bullets, st.lists(lines, max_size=4).map(tuple)),
    st.builds(Fields, st.lists(st.tuples(words, lines), max_size=4).map(tuple)),
    st.builds(Listing, words),
    st.builds(Row, lines, buttons),
    st.builds(Select, words, st.lists(buttons, max_size=4).map(tuple)),
    st.builds(Image, st.binary(max_size=80), words),
    st.builds(Document, words, words, st.binary(max_size=80)),
    st.builds(Buttons, st.lists(buttons, max_size=4).map(tuple)),
    st.builds(Ask, words, st.lists(words, max_size=3).map(tuple), words, words, args),
)
replies = st.builds(Reply, st.lists(blocks, max_size=6).map(tuple), st.booleans())
