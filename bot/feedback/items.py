"""Feedback items as features share them: finding one that a person may see, its words, receipt and buttons."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.commands.choices import CHOSEN
from bot.context import Context
from bot.core import Core
from bot.errors import UserError
from bot.feedback.audience.visibility import change_buttons, may_see, who_sees_item
from bot.feedback.display import voices
from bot.feedback.display.edits import version
from bot.feedback.display.moment import as_of_nameless
from bot.feedback.display.outdated import Outdated
from bot.language.text.excerpt import excerpt
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.locales.words import OR
from bot.ports.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    CommandLink,
    Line,
    Paragraph,
    Quote,
    Reply,
    State,
    Strong,
    Weight,
)
from bot.recognition.contacts import mask
from storage.items import feedback
from storage.items.feedback import AnyItem
from storage.items.support import groups, supports
from storage.models import Feedback, Prompt
from storage.people.situation import AnyCommunity, AnyMember
from storage.traffic import prompts
from storage.vocabulary import CLOSED, Audience, Kind, Status

REOPENED = frozenset({Status.DONE, Status.NOT_PLANNED, Status.EXISTS, Status.RESOLVED, Status.EXPLAINED})
"""The final statuses that a moderator can open an item again from."""


def title(item: AnyItem, most: int = 60) -> str:
    """An excerpt of an item's words, of at most `most` characters, with contact data masked."""
    return excerpt(mask(item.text), most)


def wrote(ctx: Context, item: Feedback, member: AnyMember | None) -> bool:
    """Whether a person is an item's author, also when the item is nameless."""
    if member is None:
        return False
    if item.author_hash is None:
        return item.author_id == member.id
    return item.author_hash in ctx.marks(member.id)


def find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if this person may see it.

    Raises:
        Outdated: there is none, or this person may not see it; the message is the same, so that it tells nothing.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or not (wrote(ctx, item, ctx.member) or may_see(ctx, item)):
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def find_own(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if this person wrote it.

    Raises:
        UserError: there is none they may see, or somebody else wrote it.
    """
    item = find(session, ctx, number)
    if not wrote(ctx, item, ctx.member):
        raise UserError(ctx.speech.say("Only the author of #{number} can change it.", number=number))
    return item


def hold_own(session: Session, ctx: Context, number: int) -> Feedback:
    """As `find_own`, with the item locked until the transaction ends.

    It is checked again once it is locked, as it may have been erased before.

    Raises:
        UserError: as for `find_own`.
    """
    groups.hold(session, find_own(session, ctx, number))
    return find_own(session, ctx, number)


def status_word(speech: Speech, item: AnyItem) -> str:
    """An item's status, in words."""
    return speech.word(item.status)


def state(speech: Speech, item: AnyItem) -> str:
    """An item's status, in words that fit after “is”."""
    return speech.state(item.status)


def receipt(ctx: Context, item: AnyItem, read_by: str, files: int = 0, lost: Sequence[Line] = ()) -> Reply:
    """The receipt when an item was filed: its number, who sees it, who reads it, and what happens next.

    Args:
        read_by: who reads it, in words, as of `routing.who_reads`; empty for what is closed.
        files: the number of files kept with it.
        lost: a line for each file that was not kept, with the reason.
    """
    speech = ctx.speech
    got = speech.line("Got it: {kind} {number}.", kind=speech.word(item.kind), number=Strong(f"#{item.number}"))
    kept = (Paragraph(speech.count("With {n} file.", "With {n} files.", files)),) if files else ()
    lines = (
        Paragraph(got),
        *kept,
        *((Bullets(tuple(lost)),) if lost else ()),
        Paragraph(who_sees_item(ctx, item)),
        *((Paragraph(read_by),) if read_by else ()),
        Paragraph(_what_follows(ctx, item)),
        *as_of_nameless(ctx, item),
    )
    again = Button("", "receipt", {"number": str(item.number)})
    return Reply((*lines, *own_buttons(ctx, item)), again=again)


def changed(item: Feedback, *blocks: Block) -> Reply:
    """The reply when an item was changed, with a way to show the item's card again."""
    return Reply(blocks, again=Button("", "status", {"number": str(item.number)}))


def _what_follows(ctx: Context, item: AnyItem) -> Line:
    """The line on what its author will be told; for a decided item, its present status."""
    if item.status is not Status.RECEIVED:
        word = state(ctx.speech, item)
        return ctx.speech.line("It is {word} by now; {status} any time.", word=word, status=status_link(ctx, item))
    if item.audience is Audience.TRUSTED:
        return ctx.speech.line("If they answer, it comes here; {status} any time.", status=status_link(ctx, item))
    if item.kind is Kind.PRAISE:
        return ctx.speech.line("{status} any time.", status=status_link(ctx, item))
    return ctx.speech.line("The decision will come here; {status} any time.", status=status_link(ctx, item))


def readers(ctx: Context) -> str:
    """A sentence on who reads the community's feedback, and by when they aim to answer."""
    team = ctx.own.team or ctx.speech.say("the team of {community}", community=ctx.community.name)
    if ctx.own.answer_days is None:
        return ctx.speech.say("Read by: {team}.", team=team)
    day = ctx.speech.day((ctx.now + timedelta(days=ctx.own.answer_days)).astimezone(ctx.zone).date())
    return ctx.speech.say("Read by: {team}, aiming to answer by {day}.", team=team, day=day)


def own_buttons(ctx: Context, item: AnyItem) -> tuple[Buttons, ...]:
    """The buttons of an item's author.

    While it is open: edit, withdraw, and the area if it has none; until it is withdrawn: the audience and the name.
    """
    if item.status is Status.WITHDRAWN:
        return ()
    speech, number = ctx.speech, {"number": str(item.number)}
    changing = (
        Button(speech.say("Edit"), "edit", number),
        Button(speech.say("Withdraw"), "withdraw", number),
    )
    showing = change_buttons(speech, item)
    if not is_open(item):
        return (Buttons(showing),)
    return (Buttons((*changing, *showing, *(() if chosen_area(item) else (area_button(speech, item),)))),)


def chosen_area(item: AnyItem) -> str | None:
    """The area that somebody chose; None for no area, and for a predicted one, which members are not shown."""
    return None if isinstance(item, Feedback) and item.area_guessed else item.area


def area_button(speech: Speech, item: AnyItem) -> Button:
    """The button that asks for an item's area."""
    return Button(speech.say("Area"), "area", {"number": str(item.number)})


def areas_of(core: Core, community: AnyCommunity) -> Areas:
    """The areas of a community, in the languages understood there."""
    return Areas(core.settings_of(community).areas, core.understood(community).values())


def known_area(ctx: Context, area: str) -> str:
    """The community's area of that name, as it is stored.

    Unknown names are refused because areas become headings in the staff's digest.

    Raises:
        UserError: the community has no such area; the message lists them.
    """
    areas = areas_of(ctx.core, ctx.community)
    known = areas.find(area)
    if known is None:
        choices = OR.join(ctx.speech.area(one) for one in areas.offered)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=area.strip()[:40], choices=choices))
    return known


def support_buttons(session: Session, ctx: Context, item: Feedback) -> Buttons:
    """The buttons for people other than the author: to support and follow an item, or to take that back."""
    speech, number = ctx.speech, {"number": str(item.number)}
    support = support_label(speech, item)
    person = ctx.member.id if ctx.member else None
    if supports.supports(session, item, person):
        back = Button(speech.say("Take support back"), "support", {**number, "on": "0"})
        return Buttons((_chosen(support, "support", number), voices.why_button(speech, item), back))
    offered = support_button(speech, item)
    if supports.follows(session, item, person):
        back = Button(speech.say("Stop following"), "follow", {**number, "on": "0"})
        return Buttons((offered, _chosen(speech.say("Follow"), "follow", number), back))
    return Buttons((offered, follow_button(speech, item)))


def support_label(speech: Speech, item: AnyItem) -> str:
    """The label of the button to support an item, by its kind."""
    return speech.say("Me too") if item.kind is Kind.PROBLEM else speech.say("Support")


def support_button(speech: Speech, item: Feedback) -> Button:
    """The button to support an item, in its present words."""
    read = {"number": str(item.number), "read": str(version(item)), "on": "1"}
    return Button(support_label(speech, item), "support", read, weight=Weight.GOOD)


def follow_button(speech: Speech, item: AnyItem) -> Button:
    """The button to follow an item."""
    return Button(speech.say("Follow"), "follow", {"number": str(item.number), "on": "1"})


def _chosen(label: str, command: str, number: Mapping[str, str]) -> Button:
    return Button(f"{CHOSEN} {label}", command, {**number, "on": "1"}, weight=Weight.GOOD, state=State.CHOSEN)


def words(speech: Speech, item: Feedback, *, whole: bool = False) -> Quote | Paragraph:
    """An item's words as a quote, or a sentence that they were erased.

    Args:
        whole: whether contact data is shown, as to the author and the team; else it is masked.
    """
    if not item.text:
        return Paragraph(speech.say("The words of #{number} were erased at their author's wish.", number=item.number))
    return Quote(item.text if whole else mask(item.text), f"#{item.number}")


def status_link(ctx: Context, item: AnyItem) -> CommandLink:
    """A link to the command that shows an item."""
    return ctx.core.registry.command("status").link(ctx.speech.language, str(item.number))


def is_open(item: AnyItem) -> bool:
    """Whether an item's status is not a final one."""
    return item.status not in CLOSED


def reveals_author(ctx: Context, item: Feedback) -> bool:
    """Whether this command reveals who wrote a nameless item, as its author typed it where others read along."""
    return ctx.inbound.chat.overlooked and item.nameless


def draft(session: Session, ctx: Context, number: int, of: Collection[str] = ()) -> Prompt:
    """This person's draft: what they wrote and have not confirmed yet.

    Args:
        number: its id.
        of: the commands it may belong to; empty for any.

    Raises:
        Outdated: it was sent, cancelled, or has expired.
    """
    found = prompts.find(session, number, ctx.holder, ctx.now)
    if found is None or found.asks or (of and found.command not in of):
        raise Outdated(ctx.speech.say("This draft is gone: it was sent, cancelled, or is older than a day."))
    return found
