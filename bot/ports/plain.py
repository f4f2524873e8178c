"""Renders a reply as plain text, for terminals and golden files."""

from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
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


def plain(reply: Reply, *, buttons: bool = True) -> str:
    """The reply as text, a blank line before each section.

    Args:
        buttons: whether to show the labels of buttons.
    """
    parts = [text for block in reply.blocks if (text := _block(block, buttons))]
    return "\n".join(parts).strip() + "\n"


def flat(line: Line) -> str:
    """A line as a string, without emphasis."""
    if isinstance(line, str):
        return line
    return "".join(part.text if isinstance(part, Strong) else part for part in line)


def _block(block: Block, buttons: bool) -> str:
    match block:
        case Title():
            return block.text if block.level == 1 else f"\n{block.text}"
        case Paragraph():
            return flat(block.text)
        case Quote():
            return "\n".join(f"> {line}" for line in f"{block.text} {block.source}".rstrip().split("\n"))
        case Bullets():
            return "\n".join(f"• {flat(item)}" for item in block.items)
        case Fields():
            return "\n".join(f"{name}: {flat(value)}" for name, value in block.pairs)
        case Image():
            return f"[{block.alt}]"
        case Document():
            return f"[{block.name}]"
        case Buttons():
            return " ".join(f"[{button.label}]" for button in block.buttons) if buttons else ""
        case Ask():
            return block.whole
