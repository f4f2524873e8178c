"""Cards as the core makes them, for tests of how platforms show them."""

from bot.ports.card import Face
from bot.ports.reply import Block, Button, Buttons, Fields, Image, Paragraph, Quote, Reply, Strong, Title, Weight

WORDS = "A bench at the stop, please."


def face(
    *more: Block,
    words: str = WORDS,
    kind: str = "Suggestion",
    support: str = "Support",
    count: str = "0 supporters",
    status: str = "received",
    closed: bool = False,
    author: str = "Camille",
) -> Face:
    """The card of item 12.

    Args:
        more: blocks between its text and its facts.
        author: empty for a nameless item.
    """
    facts = (
        ("Status", (Strong(status),)),
        *((("From", author),) if author else ()),
        ("Area", "Transport"),
        ("Support", count),
    )
    pressed = (
        Button(support, token="!support-token", weight=Weight.GOOD),
        Button("Follow", token="!follow-token"),
    )
    blocks = (Title(f"{kind} #12"), Quote(words), *more, Fields(facts))
    return Face(Reply(blocks if closed else (*blocks, Buttons(pressed)), private=False), words, (status,), closed)


def picture(content: bytes, name: str = "bench.png") -> Image:
    """A picture of item 12."""
    return Image(content, f"#12: {name}", "image/png")


def decided() -> Face:
    """The card of item 12 after the decision."""
    said = (Paragraph("The team's word of 3 March:"), Quote("It stands since Monday."))
    return face(*said, status="done", count="14 supporters", closed=True)
