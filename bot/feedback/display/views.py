"""The views of one item that people have open, in a form that is stored and redrawn after a restart."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlmodel import Session

from bot.context import Context
from bot.core import Core
from bot.ports.adapter import Address
from bot.ports.inbound import Actor, Chat, Inbound, Means, Role
from bot.ports.reply import Reply
from storage.engine.keys import Keys
from storage.items.desk.standings import Standing
from storage.models import Community, Feedback
from storage.people import members
from storage.values import frozen
from storage.vocabulary import Status

DrawView = Callable[[Session, Context, Feedback, Standing], Reply]
"""Draws an item for the person of a call, given its state when it was drawn last."""


@frozen
class Opened:
    """A view that was stored.

    Attributes:
        name: the kind of view.
        told: whether it shows a decision only once its news is sent, as for everybody but the moderators.
        to: the address of its message.
        call: the call that opened it.
    """

    name: str
    told: bool
    to: Address
    call: Mapping[str, Any]

    @property
    def actor(self) -> Actor:
        """The person who opened it."""
        platform, account, name, role = self.call["actor"]
        return Actor(platform, account, name, Role(role))

    def context(self, session: Session, core: Core) -> Context:
        """The context of the call, as if it were made now."""
        call, actor, now = self.call, self.actor, core.clock.now()
        community = session.get_one(Community, call["community"])
        inbound = Inbound("", actor, Chat(**call["chat"]), now, means=Means(**call["means"]), aloud=call["aloud"])
        member = members.find(session, actor.platform, actor.id)
        speech = core.speech(community, call["language"])
        return Context(
            core, inbound, community, member, speech, core.registry.command(call["command"]), call["given"], now
        )


def without_files(ctx: Context) -> Context:
    """A copy of a call that can be kept for hours: without attachments and quoted message."""
    if not (ctx.inbound.attachments or ctx.inbound.about):
        return ctx
    return replace(ctx, inbound=replace(ctx.inbound, attachments=(), about=None))


def describe(ctx: Context, name: str, *, told: bool) -> Mapping[str, Any]:
    """The view that the answer to a call shows, as JSON values to be passed to `seal`.

    Args:
        name: the kind of view.
        told: whether it shows a decision only once its news is sent.
    """
    inbound, actor = ctx.inbound, ctx.inbound.actor
    call = {
        "actor": [actor.platform, actor.id, actor.name, int(actor.role)],
        "chat": asdict(inbound.chat),
        "means": asdict(inbound.means),
        "aloud": inbound.aloud,
        "community": ctx.community.id,
        "command": ctx.command.name,
        "given": dict(ctx.given),
        "language": ctx.speech.language,
    }
    return {"name": name, "told": told, "call": call}


def seal(keys: Keys, view: Mapping[str, Any], to: Address) -> bytes:
    """Encrypt a view with the address of its message."""
    return keys.seal(json.dumps({**view, "to": [to.id, to.private]}).encode())


def unseal(keys: Keys, sealed: bytes, key: str, message: str) -> Opened:
    """Decrypt what `seal` returned.

    Args:
        key: the delivery key of the message.
        message: its id.

    Raises:
        WrongKey: it was sealed under another key.
    """
    found = json.loads(keys.unseal(sealed))
    chat, private = found["to"]
    to = Address(chat, private, key, edits=message, edits_only=True)
    return Opened(found["name"], found["told"], to, found["call"])


def mark(standing: Standing, *, told: bool) -> str:
    """The state of an item in a view as it is stored: its status, what it is joined to, and a digest of the rest."""
    rest = standing.card_mark if told else standing.whole_mark
    return f"{standing.status}/{standing.joined_to or ''}/{rest}"


def before(standing: Standing, marked: str) -> Standing:
    """The state with the status and the join that `mark` wrote earlier; the rest of it is as now.

    Args:
        standing: the state now.
        marked: as returned by `mark`.
    """
    status, joined, _ = marked.split("/")
    return replace(standing, status=Status(status), joined_to=int(joined) if joined else None)
