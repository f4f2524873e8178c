"""Buttons behind tokens: what fits is signed and carried by the token itself, the rest is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from sqlmodel import Session

from bot.ports.inbound import Actor
from bot.ports.reply import Button, Reply, with_buttons
from storage import buttons
from storage.engine.keys import Keys

SIGNED = "!"
"""Opens a signed token; a stored one opens with a letter, a digit, `-` or `_`."""
SIGNATURE = 12
"""Characters of a signature: 72 bits, each wrong guess of which is a press of a button."""
MOST_BYTES = 64
"""What Telegram takes as a button's data; Discord takes 100 characters, with ours before them."""
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button does that was pressed.

    Attributes:
        community_id: the community it is about, where it names one.
        theirs: whether the person who pressed it may.
    """

    command: str
    args: Mapping[str, str]
    community_id: int | None
    created_at: datetime
    theirs: bool


def pressable(
    session: Session, keys: Keys, reply: Reply, holder: Actor | None, now: datetime, community_id: int | None = None
) -> Reply:
    """The reply with every button behind a token.

    Args:
        holder: the one person who may press them; None for whoever the commands' policy admits.
        community_id: the community they are about, for buttons that are pressed in a private chat.
    """
    made: list[buttons.Draft] = []

    def swap(button: Button) -> Button:
        if button.token:
            return button
        token = sign(keys, button, holder, now, community_id)
        if token is None:
            made.append(_draft(keys, button, holder, now, community_id))
            token = made[-1]["token"]
        return Button(button.label, token=token)

    swapped = with_buttons(reply, swap)
    buttons.keep(session, made)
    return swapped


def store(session: Session, keys: Keys, button: Button, holder: Actor, now: datetime, community_id: int | None) -> str:
    """The token of a stored button, which unlike a signed one fits into a link."""
    made = _draft(keys, button, holder, now, community_id)
    buttons.keep(session, [made])
    return str(made["token"])


def find(session: Session, keys: Keys, token: str, actor: Actor, oldest: datetime) -> Pressed | None:
    """What a button does; None when nobody made it, or when it is too old.

    Args:
        actor: who pressed it.
        oldest: the instant before which buttons are no longer in use.
    """
    found = _read(keys, token, actor) if token.startswith(SIGNED) else _stored(session, keys, token, actor)
    return found if found and found.created_at >= oldest else None


def sign(keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None) -> str | None:
    """The signed token of a button: its hour, community, command and arguments; None where they do not fit.

    The holder is no part of it but of what is signed, so that it does not tell whose a nameless item is.
    """
    hour = f"{int(now.timestamp()) // HOUR:x}"
    args = "&".join(f"{name}={quote(value)}" for name, value in button.args.items())
    body = f"{hour}.{community_id or ''}.{button.command}.{args}"
    if len(SIGNED) + SIGNATURE + len(body) > MOST_BYTES:
        return None
    return f"{SIGNED}{keys.sign(_signed(body, holder))}{body}"


def button_holder(keys: Keys, token: str, actor: Actor) -> str:
    """The keyed mark of who may press a stored button."""
    return keys.holder(f"button {token}", _account(actor))


def _draft(keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None) -> buttons.Draft:
    mark = (lambda token: button_holder(keys, token, holder)) if holder else None
    return buttons.draft(button.command, button.args, mark, now, community_id)


def _read(keys: Keys, token: str, actor: Actor) -> Pressed | None:
    signature, body = token[len(SIGNED) :][:SIGNATURE], token[len(SIGNED) + SIGNATURE :]
    parts = body.split(".", 3)
    if len(parts) != 4:
        return None
    hour, community_id, command, args = parts
    theirs = any(keys.signed(_signed(body, holder), signature) for holder in (actor, None))
    try:
        created_at = datetime.fromtimestamp(int(hour, 16) * HOUR, UTC)
        return Pressed(
            command, dict(parse_qsl(args, keep_blank_values=True)), _number(community_id), created_at, theirs
        )
    except (ValueError, OverflowError, OSError):
        # Nobody signed this: somebody made it up.
        return None


def _stored(session: Session, keys: Keys, token: str, actor: Actor) -> Pressed | None:
    row = buttons.find(session, token)
    if row is None:
        return None
    theirs = row.holder in (None, button_holder(keys, token, actor))
    return Pressed(row.command, row.args, row.community_id, row.created_at, theirs)


def _signed(body: str, holder: Actor | None) -> str:
    return f"{_account(holder) if holder else ''}\n{body}"


def _account(actor: Actor) -> str:
    return f"{actor.platform}:{actor.id}"


def _number(digits: str) -> int | None:
    return int(digits) if digits else None
