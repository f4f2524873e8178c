"""Buttons behind signed tokens, which carry what a button does, or refer to where that is stored."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from sqlmodel import Session

from bot.ports.inbound import Actor
from bot.ports.reply import Button, Reply, with_buttons
from storage import buttons
from storage.engine.keys import Keys

SIGNED = "!"
"""Opens a token that carries what the button does."""
REFERENCE = "-"
"""Opens a token that refers to a row. All its characters may stand in a link."""
ROW = "@"
"""Opens the key of such a row, which is no token: whoever knows it may not press it."""
OLD = 16
"""Characters of the tokens of earlier versions, whose row names the holder; ours are longer."""
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

    def swap(button: Button) -> Button:
        if button.token:
            return button
        token = sign(keys, button, holder, now, community_id) or refer(session, keys, button, holder, now, community_id)
        return Button(button.label, token=token)

    return with_buttons(reply, swap)


def sign(keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None) -> str | None:
    """A token that carries its hour, its community, the command and the arguments; None where they do not fit.

    The holder is no part of it but of what is signed, so that it does not tell whose a nameless item is.
    """
    args = "&".join(f"{name}={quote(value)}" for name, value in button.args.items())
    body = f"{_hour(now)}.{community_id or ''}.{button.command}.{args}"
    if len(SIGNED) + SIGNATURE + len(body) > MOST_BYTES:
        return None
    return f"{SIGNED}{keys.sign(_signed(body, holder))}{body}"


def refer(
    session: Session, keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None
) -> str:
    """A token that refers to a stored row; the row says what is done, and of nobody who may do it."""
    key = keys.sign(f"button\n{button.command}\n{sorted(button.args.items())}")
    buttons.keep(session, f"{ROW}{key}", button.command, button.args, now)
    body = f"{_hour(now)}-{community_id or ''}-{key}"
    return f"{REFERENCE}{keys.sign(_signed(body, holder))}{body}"


def find(session: Session, keys: Keys, token: str, actor: Actor, oldest: datetime) -> Pressed | None:
    """What a button does; None when nobody made it, or when it is too old.

    Args:
        actor: who pressed it.
        oldest: the instant before which buttons are no longer in use.
    """
    if token.startswith(SIGNED):
        found = _carried(keys, token, actor)
    elif len(token) > OLD:
        found = _referred(session, keys, token, actor)
    else:
        found = _old(session, keys, token, actor)
    return found if found and found.created_at >= oldest else None


def button_holder(keys: Keys, token: str, actor: Actor) -> str:
    """The keyed mark of who may press a button of an earlier version."""
    return keys.holder(f"button {token}", _account(actor))


def _carried(keys: Keys, token: str, actor: Actor) -> Pressed | None:
    signature, body = _parted(token)
    parts = body.split(".", 3)
    if len(parts) != 4:
        return None
    hour, community_id, command, args = parts
    with suppress(ValueError, OverflowError, OSError):
        read = dict(parse_qsl(args, keep_blank_values=True))
        return Pressed(command, read, _number(community_id), _moment(hour), _theirs(keys, body, signature, actor))
    # Nobody signed this: somebody made it up.
    return None


def _referred(session: Session, keys: Keys, token: str, actor: Actor) -> Pressed | None:
    signature, body = _parted(token)
    parts = body.split("-", 2)
    row = buttons.find(session, f"{ROW}{parts[2]}") if len(parts) == 3 else None
    if row is None:
        return None
    with suppress(ValueError, OverflowError, OSError):
        moment, theirs = _moment(parts[0]), _theirs(keys, body, signature, actor)
        return Pressed(row.command, row.args, _number(parts[1]), moment, theirs)
    return None


def _old(session: Session, keys: Keys, token: str, actor: Actor) -> Pressed | None:
    row = None if token.startswith(ROW) else buttons.find(session, token)
    if row is None:
        return None
    theirs = row.holder in (None, button_holder(keys, token, actor))
    return Pressed(row.command, row.args, row.community_id, row.created_at, theirs)


def _parted(token: str) -> tuple[str, str]:
    """A token's signature, and what it signs."""
    start = len(SIGNED)
    return token[start : start + SIGNATURE], token[start + SIGNATURE :]


def _theirs(keys: Keys, body: str, signature: str, actor: Actor) -> bool:
    """Whether it was signed for this person, or for everybody."""
    return any(keys.signed(_signed(body, holder), signature) for holder in (actor, None))


def _hour(now: datetime) -> str:
    return f"{int(now.timestamp()) // HOUR:x}"


def _moment(hour: str) -> datetime:
    return datetime.fromtimestamp(int(hour, 16) * HOUR, UTC)


def _signed(body: str, holder: Actor | None) -> str:
    return f"{_account(holder) if holder else ''}\n{body}"


def _account(actor: Actor) -> str:
    return f"{actor.platform}:{actor.id}"


def _number(digits: str) -> int | None:
    return int(digits) if digits else None
