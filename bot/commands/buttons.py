"""The tokens of buttons: signed, with the command inside where that fits, else referring to a stored row."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from sqlmodel import Session

from bot.ports.inbound import Actor
from bot.ports.reply import Button, Reply, with_buttons
from storage.engine.keys import Keys
from storage.traffic import buttons
from storage.values import frozen

SIGNED_PREFIX = "!"
"""Starts a token that contains the command and its arguments."""
REFERENCE_PREFIX = "-"
"""Starts a token that refers to a stored row; all its characters are allowed in a link."""
ROW_PREFIX = "@"
"""Starts the key of such a row. It is refused as a token, since it is not signed for anybody."""
UNSIGNED_LENGTH = 16
"""Characters of the unsigned tokens of earlier versions, whose row contains the holder; signed ones are longer."""
SIGNATURE_LENGTH = 12
"""Characters of a signature: 72 bits, and each guess takes one press of a button."""
MOST_BYTES = 64
"""The longest token: Telegram's limit for callback data; Discord allows 100 characters with the prefix."""
HOUR = 3600


@frozen
class Pressed:
    """A button that was pressed.

    Attributes:
        community_id: the community it is about, if it names one.
        created_at: when it was made, to the hour; aware, UTC.
        theirs: whether the person who pressed it may press it.
    """

    command: str
    args: Mapping[str, str]
    community_id: int | None
    created_at: datetime
    theirs: bool


def with_tokens(
    session: Session, keys: Keys, reply: Reply, holder: Actor | None, now: datetime, community_id: int | None = None
) -> Reply:
    """A copy of the reply in which every button has a token; what does not fit into one is stored.

    Args:
        holder: the one person who may press them; None for everybody the policy admits.
        community_id: the community they are about, needed when they are pressed in a private chat.
    """

    def swap(button: Button) -> Button:
        if button.token:
            return button
        token = sign(keys, button, holder, now, community_id) or refer(session, keys, button, holder, now, community_id)
        return replace(button, command="", args={}, token=token)

    return with_buttons(reply, swap)


def with_signed_tokens(
    keys: Keys, reply: Reply, holder: Actor | None, now: datetime, community_id: int | None = None
) -> Reply:
    """As `with_tokens`, where nothing can be stored: without the buttons that would have to be."""

    def swap(button: Button) -> Button | None:
        token = button.token or sign(keys, button, holder, now, community_id)
        return replace(button, command="", args={}, token=token) if token else None

    return with_buttons(reply, swap)


def sign(keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None) -> str | None:
    """Make a signed token of the hour, community, command and arguments; None when they do not fit.

    The holder is signed, but not contained, so that the token does not reveal the author of a nameless item.
    """
    args = "&".join([f"{name}={_quoted(value)}" for name, value in button.args.items()])
    body = f"{_hour(now)}.{community_id or ''}.{button.command}.{args}"
    if len(SIGNED_PREFIX) + SIGNATURE_LENGTH + len(body) > MOST_BYTES:
        return None
    return f"{SIGNED_PREFIX}{keys.sign(_signed_text(body, holder))}{body}"


def refer(
    session: Session, keys: Keys, button: Button, holder: Actor | None, now: datetime, community_id: int | None
) -> str:
    """Store the command and arguments, and make a signed token that refers to them.

    The row is shared by all buttons that do the same, and contains no person; the token is signed for the holder.
    """
    key = keys.sign(f"button\n{button.command}\n{sorted(button.args.items())}")
    buttons.keep(session, f"{ROW_PREFIX}{key}", button.command, button.args, now)
    body = f"{_hour(now)}-{community_id or ''}-{key}"
    return f"{REFERENCE_PREFIX}{keys.sign(_signed_text(body, holder))}{body}"


def find(
    session: Session, keys: Keys, token: str, actor: Actor, oldest: datetime, lasting: Collection[str] = ()
) -> Pressed | None:
    """Look up a token; None when it is malformed, not stored, too old, or signed with a key that was replaced.

    Args:
        actor: who pressed the button.
        oldest: buttons made before this instant have expired.
        lasting: the commands whose buttons never do.
    """
    if token.startswith(SIGNED_PREFIX):
        found = _read_signed(keys, token, actor)
    elif len(token) > UNSIGNED_LENGTH:
        found = _read_reference(session, keys, token, actor)
    else:
        found = _read_unsigned(session, keys, token, actor)
    if found is None or _is_of_former_key(keys, found):
        return None
    if found.created_at < oldest and found.command not in lasting:
        return None
    return found


def button_holder(keys: Keys, token: str, actor: Actor) -> str:
    """Keyed mark of the person who may press a button stored by an earlier version."""
    return keys.holder(f"button {token}", _account(actor))


def _read_signed(keys: Keys, token: str, actor: Actor) -> Pressed | None:
    signature, body = _split(token)
    parts = body.split(".", 3)
    if len(parts) != 4:
        return None
    hour, community_id, command, args = parts
    with suppress(ValueError, OverflowError, OSError):
        read = dict(parse_qsl(args, keep_blank_values=True))
        return Pressed(
            command, read, _read_number(community_id), _read_hour(hour), _is_for(keys, body, signature, actor)
        )
    # The numbers cannot be parsed, so this version did not make the token.
    return None


def _read_reference(session: Session, keys: Keys, token: str, actor: Actor) -> Pressed | None:
    signature, body = _split(token)
    parts = body.split("-", 2)
    row = buttons.find(session, f"{ROW_PREFIX}{parts[2]}") if len(parts) == 3 else None
    if row is None:
        return None
    with suppress(ValueError, OverflowError, OSError):
        moment, theirs = _read_hour(parts[0]), _is_for(keys, body, signature, actor)
        return Pressed(row.command, row.args, _read_number(parts[1]), moment, theirs)
    return None


def _read_unsigned(session: Session, keys: Keys, token: str, actor: Actor) -> Pressed | None:
    row = None if token.startswith(ROW_PREFIX) else buttons.find(session, token)
    if row is None:
        return None
    theirs = row.holder in (None, button_holder(keys, token, actor))
    return Pressed(row.command, row.args, row.community_id, row.created_at, theirs)


def _is_of_former_key(keys: Keys, found: Pressed) -> bool:
    """Whether the key of a signature that is not valid may have been replaced since; then the button has expired."""
    return not found.theirs and keys.former is not None and found.created_at <= keys.former.since


def _split(token: str) -> tuple[str, str]:
    """The signature of a token, and the text it signs."""
    start = len(SIGNED_PREFIX)
    return token[start : start + SIGNATURE_LENGTH], token[start + SIGNATURE_LENGTH :]


def _is_for(keys: Keys, body: str, signature: str, actor: Actor) -> bool:
    """Whether the signature is for this person, or for everybody."""
    return any(keys.signed(_signed_text(body, holder), signature) for holder in (actor, None))


def _quoted(value: str) -> str:
    """The value as a URL has it; most are numbers and words, which stay as they are."""
    return value if value.isascii() and value.isalnum() else quote(value)


def _hour(now: datetime) -> str:
    return f"{int(now.timestamp()) // HOUR:x}"


def _read_hour(hour: str) -> datetime:
    return datetime.fromtimestamp(int(hour, 16) * HOUR, UTC)


def _signed_text(body: str, holder: Actor | None) -> str:
    return f"{_account(holder) if holder else ''}\n{body}"


def _account(actor: Actor) -> str:
    return f"{actor.platform}:{actor.id}"


def _read_number(digits: str) -> int | None:
    return int(digits) if digits else None
