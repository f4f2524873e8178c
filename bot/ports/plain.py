"""Renders a reply as plain text, for terminals and golden files."""

from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
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
    Title,
    buttons_of,
    flat,
)


def plain(reply: Reply, *, buttons: bool = True) -> str:
    """The reply as text, a blank line before each section.

    Args:
        buttons: whether to show the labels of buttons.
    """
    parts = [text for block in reply.blocks if (text := _block(block, buttons))]
    return "\n".join(parts).strip() + "\n"


def _block(block: Block, buttons: bool) -> str:
    match block:
        case Title():
            return block.text if block.level == 1 else f"\n{block.text}"
        case Paragraph():
            return flat(block.text)
        case Quote():
            return "\n".join(f"> {line}" for line in f"{block.text} {block.source}".rstrip().split("\n"))
        case Bullets():
            marks = (f"{place}." if block.numbered else "•" for place in range(1, len(block.items) + 1))
            return "\n".join(f"{mark} {flat(item)}" for mark, item in zip(marks, block.items, strict=True))
        case Fields():
            return "\n".join(f"{name}: {flat(value)}" for name, value in block.pairs)
        case Listing():
            return block.text
        case Ask():
            return block.whole
        case _:
            return _beside(block, buttons)


def _beside(block: Image | Document | Buttons | Row | Select, buttons: bool) -> str:
    """Buttons, pictures and files, by their names in brackets."""
    labels = " ".join(f"[{button.label}]" for button in buttons_of(block)) if buttons else ""
    match block:
        case Image():
            return f"[{block.alt}]"
        case Document():
            return f"[{block.name}]"
        case Row():
            mark = f"{block.place}." if block.place else "•"
            return f"{mark} {flat(block.text)} {labels}".rstrip()
        case Select():
            return f"{block.words} {labels}" if labels else ""
        case Buttons():
            return labels
