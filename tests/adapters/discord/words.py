"""What members type to Discord, and what becomes of it: texts of every kind."""

from collections.abc import Iterator

import regex
from hypothesis import settings
from hypothesis import strategies as st

from adapters.discord.outgoing.drawing.render import Outgoing, render
from bot.ports.reply import Ask, Block, Bullets, Fields, Paragraph, Quote, Reply, Strong, Title, flat

FAMILY = "👩‍👩‍👧‍👦"
JOINER = "\u2060"
UNSEEN = str.maketrans("", "", JOINER + "\u200b")
MARKUP = (
    *("# big", "## a", "###", "-# small", "- item", "* item", "+ plus", "1. one", "12. twelve", "> quote", ">>> all"),
    *("*i*", "**b**", "_i_", "__u__", "~~s~~", "||secret||", "`code`", "``a`b``", "```py\nx\n```", "\\*", "\\"),
    *("[x](https://evil.org)", "[x](<y>)", "<https://evil.org>", "https://evil.org/a_b_c", "HTTPS://EVIL.ORG"),
    *("steam://run/1", "discord.gg/abc", "x.org", "a@b.org", "<a@b.org>", "<+33123456789>", "¯\\_(ツ)_/¯"),
    *("<@123>", "<@!123>", "<@&123>", "<#123>", "@everyone", "@here", "@silent", "</cmd:1>", "<id:customize>"),
    *("<:a:1>", "<a:a:1>", "<t:1700000000:R>", "<sound:1:2>", ":smile:", "::a:", ":100:"),
)
"""What a member may type that Discord would read as something else than words."""


def words(*texts: str) -> str:
    return "".join("".join(texts).translate(UNSEEN).split())


def graphemes(text: str) -> list[str]:
    return [part for part in regex.findall(r"\X", text.translate(UNSEEN)) if not part.isspace()]


def contents(*blocks: Block) -> list[str]:
    return [message.content for message in render(Reply(blocks))]


def only(*blocks: Block) -> Outgoing:
    (message,) = render(Reply(blocks))
    return message


def said(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield block.text
        case Paragraph():
            yield flat(block.text)
        case Quote():
            yield from (block.text, block.source)
        case Bullets():
            yield from map(flat, block.items)
        case Fields():
            for name, value in block.pairs:
                yield from (name, flat(value))
        case Ask():
            yield block.words


STEADY = settings(deadline=None, derandomize=True, database=None)
PIECES = st.sampled_from(
    (
        *MARKUP,
        *("word ", "été ", "e\u0301", "\u0301", "שלום ", "مرحبا ", "日本語", FAMILY, "🇫🇷", "👍🏽", "❤️", "𝒳", "क्षि"),
        *("\n", "\n", "\r\n", "\r", "\u2028", " ", "\u00a0", "\u200b", "\u0600"),
        "x" * 300,
    )
)
TEXTS = st.builds(lambda pieces, times: "".join(pieces) * times, st.lists(PIECES, max_size=12), st.integers(1, 20))
LINES = st.one_of(TEXTS, st.tuples(TEXTS, st.builds(Strong, TEXTS), st.builds(Strong, TEXTS), TEXTS))
BLOCKS = st.one_of(
    st.builds(Title, TEXTS, st.sampled_from((1, 2))),
    st.builds(Paragraph, LINES),
    st.builds(Quote, TEXTS, st.sampled_from(("", "#12"))),
    st.builds(Bullets, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Fields, st.lists(st.tuples(TEXTS, LINES), max_size=3).map(tuple)),
    st.builds(Ask, st.just("suggest"), st.just(("text",)), st.just("Your words?")),
)
