"""Every reply there can be, for Hypothesis."""

from hypothesis import strategies as st

from bot.ports.reply import (
    Ask,
    Bullets,
    Button,
    Buttons,
    Document,
    Fields,
    Image,
    Line,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Title,
)

words = st.text(max_size=30)
args = st.dictionaries(words, words, max_size=3)
lines: st.SearchStrategy[Line] = words | st.lists(words | st.builds(Strong, words), max_size=4).map(tuple)
buttons = st.builds(Button, words, words, args, words)

blocks = st.one_of(
    st.builds(Title, words, st.integers(1, 2)),
    st.builds(Paragraph, lines),
    st.builds(Quote, words, words),
    st.builds(Bullets, st.lists(lines, max_size=4).map(tuple)),
    st.builds(Fields, st.lists(st.tuples(words, lines), max_size=4).map(tuple)),
    st.builds(Image, st.binary(max_size=80), words),
    st.builds(Document, words, words, st.binary(max_size=80)),
    st.builds(Buttons, st.lists(buttons, max_size=4).map(tuple)),
    st.builds(Ask, words, st.lists(words, max_size=3).map(tuple), words, words, args),
)
replies = st.builds(Reply, st.lists(blocks, max_size=6).map(tuple), st.booleans())
