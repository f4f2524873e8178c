"""The community's trusted contacts: which of them may read an item for them alone, and how they are told of it."""

import re

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.core import Core
from bot.delivery.envelope import account_mark, seal
from bot.language.text.normalise import fold
from bot.locales.speech import Speech
from bot.ports.adapter import Address
from bot.ports.inbound import Actor
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Strong, Weight
from storage.items.feedback import AnyItem
from storage.people import communities, members
from storage.traffic import outbox
from storage.vocabulary import Kind

SHORTEST_NAME = 3
"""The fewest letters a part of a name needs to count as naming a person."""
ORDINARY = frozenset(
    {
        *("will", "may", "hope", "rose", "grace", "mark", "bill", "art", "june", "april", "august", "summer", "sky"),
        *("faith", "joy", "the", "and", "rich", "frank", "jack", "pat", "sue", "drew", "max", "claire", "pierre"),
        *("marine", "aurore", "clement", "constant", "victoire", "modeste", "prudence", "blanche", "desire", "fleur"),
        *("ange", "parfait"),
    }
)
"""First names that are words, too."""
_WORDS = re.compile(r"\w+")


def is_contact(ctx: Context) -> bool:
    """Whether this person is one of the community's trusted contacts."""
    return f"{ctx.inbound.actor.platform}:{ctx.inbound.actor.id}" in ctx.own.trusted_contacts


def accounts_on(core: Core, platform: str) -> frozenset[str]:
    """The account numbers of all communities' trusted contacts on a platform."""
    every = (account.partition(":") for own in core.settings.communities for account in own.trusted_contacts)
    return frozenset(number for name, _, number in every if name == platform)


def may_read(ctx: Context, text: str) -> bool:
    """Whether this person may read a text for the trusted contacts: it must not name them."""
    actor = ctx.inbound.actor
    return is_contact(ctx) and not _is_named(ctx.core, text, actor)


def _is_named(core: Core, text: str, contact: Actor) -> bool:
    """Whether a text names a trusted contact, by any name known of them."""
    known = core.contact_names.of(contact.platform, contact.id)
    return any(mentions(text, one) for one in (contact.name, *known))


def mentions(text: str, name: str) -> bool:
    """Whether a text names a person: by a handle, which begins with `@`, or by any part of their display name.

    A part that is an ordinary word counts only with a capital.
    """
    if name.startswith("@"):
        handle = re.escape(name.removeprefix("@").casefold())
        return len(name) > SHORTEST_NAME and re.search(rf"(?<![\w.]){handle}(?!\w)", text.casefold()) is not None
    parts = {part for part in _WORDS.findall(fold(name)) if len(part) >= SHORTEST_NAME}
    return any(
        fold(word) in parts and (word[:1].isupper() or fold(word) not in ORDINARY) for word in _WORDS.findall(text)
    )


def is_about_team(core: Core, community_id: int, text: str, kind: Kind | None = None) -> bool:
    """Whether a text is about a moderator or the team of a community, who would read it.

    Args:
        kind: the kind of feedback; None for other texts.
    """
    names = core.moderators.names(community_id)
    return core.recogniser.is_about_team(text, names, problem=kind is Kind.PROBLEM)


def readers(
    session: Session, ctx: Context, text: str, author: Actor | None = None, *, urgent: bool = False
) -> list[Actor]:
    """The trusted contacts who may read a text: those whom it does not name, and who did not write it.

    Args:
        author: who wrote it, by default the person who acts.
        urgent: whether somebody may be in danger: then it is kept from nobody but its author.
    """
    by = author or ctx.inbound.actor
    contacts = [_contact(session, account) for account in ctx.own.trusted_contacts]
    others = [one for one in contacts if (one.platform, one.id) != (by.platform, by.id)]
    return [one for one in others if urgent or not _is_named(ctx.core, text, one)]


def tell(session: Session, ctx: Context, item: AnyItem, *, urgent: bool = False, author: Actor | None = None) -> int:
    """Queue an item for each trusted contact who may read it, with a button to answer its author.

    Args:
        urgent: whether its author may be in danger.
        author: who wrote it, by default the person who acts.

    Returns:
        The number of contacts.
    """
    told = readers(session, ctx, item.text, author, urgent=urgent)
    for contact in told:
        _tell_contact(session, ctx, item, contact, author or ctx.inbound.actor, urgent=urgent)
    return len(told)


def tell_staff(session: Session, ctx: Context, item: AnyItem) -> bool:
    """Queue an urgent item for the staff's place, without its author's name; return whether there is such a place."""
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        return False
    reply = alert(ctx, ctx.core.speech(ctx.community), item, "", urgent=True)
    shown = with_tokens(session, ctx.core.store.keys, reply, None, ctx.now, ctx.community.id)
    key = f"urgent:{item.id}"
    outbox.owe(
        session,
        key,
        ctx.core.codec.dump(shown),
        ctx.time_of(nameless=item.nameless),
        place_id=place.id,
        feedback_id=item.id,
        nameless=item.nameless,
    )
    return True


def alert(ctx: Context, speech: Speech, item: AnyItem, author: str, *, urgent: bool) -> Reply:
    """The message about an item to those who read it outside the queue.

    Args:
        author: the display name of its author; empty when it is without a name.
        urgent: whether its author may be in danger.
    """
    opening = (
        speech.line("{urgent} Somebody may be in danger.", urgent=Strong(speech.say("Urgent.")))
        if urgent
        else speech.line(
            "For the trusted contacts of {community}; the team does not see it.", community=ctx.community.name
        )
    )
    by = speech.say("From: {name}.", name=author or speech.say("without a name"))
    answer = Button(speech.say("Answer"), "respond", {"number": str(item.number)}, weight=Weight.PRIMARY)
    return Reply((Paragraph(opening), Quote(item.text, f"#{item.number}"), Paragraph(by), Buttons((answer,))))


def _contact(session: Session, account: str) -> Actor:
    platform, _, number = account.partition(":")
    known = members.account(session, platform, number)
    return Actor(platform, number, known.name if known else "", locale=known.locale if known else None)


def _tell_contact(session: Session, ctx: Context, item: AnyItem, contact: Actor, by: Actor, *, urgent: bool) -> None:
    keys = ctx.core.store.keys
    speech = ctx.core.speech(ctx.community, contact.locale)
    author = "" if item.nameless else by.name
    reply = alert(ctx, speech, item, author, urgent=urgent)
    shown = with_tokens(session, keys, reply, contact, ctx.now, ctx.community.id)
    whom = keys.holder("trusted", f"{contact.platform}:{contact.id}")[:16]
    # The key has a mark of the words, so that the contacts are told of a later version, too.
    key = f"trusted:{item.id}:{keys.holder('version', item.text)[:8]}:{whom}"
    outbox.owe(
        session,
        key,
        ctx.core.codec.dump(shown, sealed=True),
        ctx.time_of(nameless=item.nameless),
        feedback_id=item.id,
        nameless=item.nameless,
        sealed=seal(keys, contact.platform, Address(contact.id, True, key)),
        holder=account_mark(keys, contact),
    )
