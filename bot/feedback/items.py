"""Feedback as people see it: who may see an item, how it is shown, and its receipt."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.language.excerpt import excerpt
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.locales.words import OR
from bot.ports.inbound import Role
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong
from storage import feedback, prompts
from storage.feedback import AnyItem
from storage.models import Feedback, Prompt
from storage.situation import AnyMember
from storage.vocabulary import CLOSED, Kind, Status, Visibility

NEVER = "-"
"""The mark of a person the store does not know: no item carries it."""


def title(item: Feedback, most: int = 60) -> str:
    """An item in one short line."""
    return excerpt(item.text, most)


def wrote(ctx: Context, item: Feedback, member: AnyMember | None) -> bool:
    """Whether a person wrote an item, also without a name."""
    if member is None:
        return False
    return item.author_id == member.id or item.author_hash == ctx.mark(member.id)


def find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item of that number, if this person may see it.

    Raises:
        UserError: there is none, or it is not theirs to see; the words are the same, so they give nothing away.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or not _may_see(ctx, item):
        raise UserError(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def find_own(session: Session, ctx: Context, number: int) -> Feedback:
    """The item of that number, if this person wrote it.

    Raises:
        UserError: it is not theirs.
    """
    item = find(session, ctx, number)
    if not wrote(ctx, item, ctx.member):
        raise UserError(ctx.speech.say("Only the author of #{number} can change it.", number=number))
    return item


def status_word(speech: Speech, item: AnyItem) -> str:
    """Where an item stands, in words."""
    return speech.word(item.status)


def receipt(ctx: Context, item: AnyItem, files: int = 0, lost: Sequence[Line] = ()) -> Reply:
    """What a member hears when an item is filed: its number, who sees it, who reads it, what follows.

    Args:
        files: how many files were kept with it.
        lost: for each file that could not be kept, why.
    """
    speech = ctx.speech
    got = speech.line("Got it: {kind} {number}.", kind=speech.word(item.kind), number=Strong(f"#{item.number}"))
    kept = (Paragraph(speech.count("With {n} file.", "With {n} files.", files)),) if files else ()
    lines = (
        Paragraph(got),
        *kept,
        *((Bullets(tuple(lost)),) if lost else ()),
        Paragraph(speech.say("Visible to: {who}.", who=audience(speech, item.visibility))),
        Paragraph(readers(ctx)),
        Paragraph(_what_follows(ctx, item)),
    )
    again = Button("", "receipt", {"number": str(item.number)})
    return Reply((*lines, *own_buttons(ctx, item)), again=again)


def changed(item: Feedback, *blocks: Block) -> Reply:
    """What a member hears when an item was changed; its card shows so once more."""
    return Reply(blocks, again=Button("", "status", {"number": str(item.number)}))


def _what_follows(ctx: Context, item: AnyItem) -> str:
    if item.kind is Kind.PRAISE:
        return ctx.speech.say("/{status} {number} any time.", **_status(ctx, item))
    return ctx.speech.say("The decision will come here; /{status} {number} any time.", **_status(ctx, item))


def audience(speech: Speech, visibility: Visibility) -> str:
    """Who sees an item, said to its author."""
    return {
        Visibility.NAMED: speech.say("everyone, with your name"),
        Visibility.NAMELESS: speech.say("everyone, without your name"),
        Visibility.TEAM: speech.say("the team only, with your name"),
    }[visibility]


def readers(ctx: Context) -> str:
    """Who reads feedback here, and by when they aim to answer, from the settings."""
    team = ctx.own.team or ctx.speech.say("the team of {community}", community=ctx.community.name)
    if ctx.own.answer_days is None:
        return ctx.speech.say("Read by: {team}.", team=team)
    day = ctx.speech.day((ctx.now + timedelta(days=ctx.own.answer_days)).astimezone(ctx.zone).date())
    return ctx.speech.say("Read by: {team}, aiming to answer by {day}.", team=team, day=day)


def own_buttons(ctx: Context, item: AnyItem) -> tuple[Buttons, ...]:
    """What its author can do with an item.

    While it is open they may edit, withdraw and place it; until it is withdrawn, show it to others than now.
    """
    if item.status is Status.WITHDRAWN:
        return ()
    speech, number = ctx.speech, {"number": str(item.number)}
    changing = (Button(speech.say("Edit"), "edit", number), Button(speech.say("Withdraw"), "withdraw", number))
    others = [to for to in Visibility if to is not item.visibility and may_become(item, to)]
    showing = [Button(show_to(speech, item, to), "visibility", {**number, "visibility": to.value}) for to in others]
    if not is_open(item):
        return (Buttons(tuple(showing)),)
    return (Buttons((*changing, *showing, *(() if item.area else (area_button(speech, item),)))),)


def area_button(speech: Speech, item: AnyItem) -> Button:
    """Asks for an item's area."""
    return Button(speech.say("Area"), "area", {"number": str(item.number)})


def known_area(ctx: Context, area: str) -> str:
    """The community's area of that name: any can be typed, and areas become headings in the staff's digest.

    Raises:
        UserError: there is none such.
    """
    areas = Areas(ctx.own.areas, ctx.core.languages.all().values())
    known = areas.find(area)
    if known is None:
        choices = OR.join(ctx.speech.area(one) for one in areas.offered)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=area.strip()[:40], choices=choices))
    return known


def may_become(item: AnyItem, to: Visibility) -> bool:
    """Whether an item can be shown so: words read beside a name have lost nothing when the name goes."""
    return not (item.seen and to is Visibility.NAMELESS)


def support_buttons(ctx: Context, item: Feedback) -> Buttons:
    """What others can do with an item: support it, follow it."""
    number = {"number": str(item.number)}
    words = ctx.speech.say("Me too") if item.kind is Kind.PROBLEM else ctx.speech.say("Support")
    return Buttons((Button(words, "support", number), Button(ctx.speech.say("Follow"), "follow", number)))


def words(speech: Speech, item: Feedback) -> Quote | Paragraph:
    """An item's words, as data; or that they were erased."""
    if not item.text:
        return Paragraph(speech.say("The words of #{number} were erased at their author's wish.", number=item.number))
    return Quote(item.text, f"#{item.number}")


def show_to(speech: Speech, item: AnyItem, to: Visibility) -> str:
    """A button's label: from the team alone to everyone is more than a name, so it says so."""
    if to is Visibility.TEAM:
        nameless = item.visibility is Visibility.NAMELESS
        return speech.say("Team only, with my name") if nameless else speech.say("Team only")
    if item.visibility is Visibility.TEAM:
        named = to is Visibility.NAMED
        return speech.say("Show to all, with my name") if named else speech.say("Show to all, without my name")
    return speech.say("Show my name") if to is Visibility.NAMED else speech.say("Without my name")


def _status(ctx: Context, item: AnyItem) -> dict[str, str]:
    command = ctx.core.registry.find("status")
    return {"status": command.name_in(ctx.speech.language) if command else "status", "number": str(item.number)}


def _may_see(ctx: Context, item: Feedback) -> bool:
    if wrote(ctx, item, ctx.member):
        return True
    if item.status is Status.WITHDRAWN:
        return False
    return item.visibility is not Visibility.TEAM or ctx.inbound.actor.role >= Role.MODERATOR


def is_open(item: AnyItem) -> bool:
    """Whether an item still waits for an outcome."""
    return item.status not in CLOSED


def draft(session: Session, ctx: Context, number: int, of: Collection[str] = ()) -> Prompt:
    """What this person wrote and has not confirmed yet.

    Args:
        of: the commands it may be a draft of; with none, any.

    Raises:
        UserError: it is gone.
    """
    found = prompts.find(session, number, ctx.holder, ctx.now)
    if found is None or found.asks or (of and found.command not in of):
        raise UserError(ctx.speech.say("This draft is gone: it was sent, cancelled, or is older than a day."))
    return found
