"""Changes who sees an item, and whether with its author's name; a change that shows more is confirmed first."""

from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.delivery import destinations
from bot.delivery.untold import take_name_off
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.audience import nameless
from bot.feedback.audience.visibility import is_public, may_be_nameless, who_sees, who_sees_held, who_sees_item
from bot.feedback.desk import blocks, holding
from bot.feedback.display import receipts
from bot.feedback.display.moment import as_of_nameless
from bot.feedback.display.outdated import Outdated
from bot.feedback.drafts import warning
from bot.feedback.telling.edits import tell_shown
from bot.locales.words import forms
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply
from bot.privacy.redaction import withhold
from bot.recognition.contacts import find_contacts, mask
from storage.items import attachments, feedback
from storage.items.feedback import naming_of
from storage.models import Feedback
from storage.traffic import outbox
from storage.vocabulary import Audience, Naming, Publication, Status


class Choice(NamedTuple):
    """The audience of an item, and whether its author's name is shown."""

    audience: Audience
    naming: Naming


async def visibility(
    ctx: Context,
    number: Number,
    audience: Audience | None = None,
    name: Naming | None = None,
    sure: Token | None = None,
) -> Reply:
    """Choose who sees your feedback, and whether with your name."""

    def look(session: Session) -> tuple[Feedback, Choice]:
        own = items.find_own(session, ctx, number)
        to = Choice(audience or own.audience, name or naming_of(own))
        _refuse_impossible(session, ctx, own, to)
        return own, to

    item, to = await ctx.read(look)
    if sure not in (None, _state_mark(item)):
        # The button confirms a change from another state: it would undo a change of the other choice meanwhile.
        return _show(ctx, item)
    if audience is None and name is None:
        return _show(ctx, item)
    if not sure and to.naming is Naming.NAMELESS and not item.nameless:
        return nameless.preview(
            ctx,
            item.text,
            to.audience,
            _confirm_button(ctx, item, to),
            _leave_button(ctx, item),
            seen=_who_saw(ctx, item),
        )
    if not sure and _shows_more(item, to):
        return _ask_to_show(ctx, item, to, await _who_would_see(ctx, item, to))
    if to.naming is Naming.NAMELESS:
        await ctx.meet()
    return await ctx.settle(lambda session: _change(session, ctx, number, to))


def _change(session: Session, ctx: Context, number: int, to: Choice) -> Reply:
    mine = items.hold_own(session, ctx, number)
    _refuse_impossible(session, ctx, mine, to)
    hush = items.reveals_author(ctx, mine)
    if _is_wider(mine, to) and (refusal := blocks.refusal(session, ctx, to.audience)):
        return replace(refusal, hush=hush)
    if Choice(mine.audience, naming_of(mine)) == to:
        return replace(_show(ctx, mine), hush=hush)
    _change_author(session, ctx, mine, to.naming)
    moved, was_public = to.audience is not mine.audience, is_public(mine)
    when = ctx.time_of(nameless=to.naming is Naming.NAMELESS)
    entry = feedback.change_visibility(session, mine, to.audience, to.naming, mine.author_id, when)
    if moved:
        holding.hold_again(session, ctx, mine)
        tell_shown(session, ctx, mine, entry)
    if was_public and not is_public(mine):
        withhold(session, ctx.core.codec, mine)
    receipts.keep(ctx, mine)
    said = ctx.speech.say("#{number} is changed.", number=number)
    shown = Paragraph(" ".join((said, who_sees_item(ctx, mine))))
    changed = items.changed(mine, shown, *as_of_nameless(ctx, mine), *items.own_buttons(ctx, mine))
    return replace(changed, hush=hush)


def _show(ctx: Context, item: Feedback) -> Reply:
    """The reply that says who sees an item now, with buttons to change it."""
    receipts.keep(ctx, item)
    line = f"#{item.number}: {who_sees_item(ctx, item)}"
    return Reply((Paragraph(line), *as_of_nameless(ctx, item), *items.own_buttons(ctx, item)))


def _state_mark(item: Feedback) -> int:
    """A number for the present audience and naming, by which a button that confirms a change notices another change."""
    return 2 + 2 * list(Audience).index(item.audience) + int(item.nameless)


def _shows_more(item: Feedback, to: Choice) -> bool:
    """Whether a change shows the words to more people, or the author's name."""
    return _is_wider(item, to) or (item.nameless and to.naming is Naming.NAMED)


def _is_wider(item: Feedback, to: Choice) -> bool:
    order = (Audience.TRUSTED, Audience.TEAM, Audience.EVERYONE)
    return order.index(to.audience) > order.index(item.audience)


async def _who_would_see(ctx: Context, item: Feedback, to: Choice) -> str:
    """The sentence on who would see an item after a change; it is held anew only if the audience changes."""
    if to.audience is not item.audience:
        return await holding.read_who_would_see(ctx, item.kind, *to)
    return who_sees_held(ctx.speech, to.naming) if item.publication is Publication.HELD else who_sees(ctx, *to)


def _ask_to_show(ctx: Context, item: Feedback, to: Choice, seen: str) -> Reply:
    """Show the item as it would be seen, and by whom, with a button to confirm."""
    asked = ctx.speech.say("#{number} would be shown like this:", number=item.number)
    by = ctx.inbound.actor.name if to.naming is Naming.NAMED else ctx.speech.say("without a name")
    public = to.audience is Audience.EVERYONE
    told = (Paragraph(warning(ctx)),) if public and find_contacts(item.text) else ()
    lines = (Paragraph(asked), Quote(mask(item.text) if public else item.text, by), *told, Paragraph(seen))
    return Reply((*lines, Buttons((_confirm_button(ctx, item, to), _leave_button(ctx, item)))))


def _confirm_button(ctx: Context, item: Feedback, to: Choice) -> Button:
    """The button that confirms a change."""
    renamed = to.naming is not naming_of(item)
    label = ctx.speech.say(forms(to.naming if renamed else to.audience)[1])
    sure = str(_state_mark(item))
    chosen = {"number": str(item.number), "audience": to.audience.value, "name": to.naming.value, "sure": sure}
    return Button(label, "visibility", chosen)


def _leave_button(ctx: Context, item: Feedback) -> Button:
    """The button that changes nothing, and shows who sees the item now."""
    return Button(ctx.speech.say("Leave it"), "visibility", {"number": str(item.number)})


def _who_saw(ctx: Context, item: Feedback) -> str:
    """Who may have seen the author's name until now."""
    if item.audience is Audience.EVERYONE:
        return ctx.speech.say("Your name was shown until now: it may have been seen.")
    if item.audience is Audience.TEAM:
        return ctx.speech.say("The team has seen your name with it.")
    return ctx.speech.say("The trusted contacts have seen your name with it.")


def _refuse_impossible(session: Session, ctx: Context, item: Feedback, to: Choice) -> None:
    """Raise `UserError` for a change that is not possible.

    Withdrawn or removed items are not shown to more people; nothing moves to the trusted contacts, and items about
    danger do not move away from them; an author whose name is known does not become nameless.
    """
    if item.status is Status.WITHDRAWN and (to.audience is not item.audience or to.naming is Naming.NAMED):
        raise Outdated(ctx.speech.say("#{number} is withdrawn: nobody else is shown it.", number=item.number))
    if item.publication is Publication.REMOVED and _shows_more(item, to):
        words = ctx.speech.say("#{number} is taken from view: it is not shown to more people.", number=item.number)
        raise Outdated(words, *items.own_buttons(ctx, item))
    if item.audience is Audience.TRUSTED is not to.audience and ctx.core.recogniser.danger(item.text):
        raise UserError(ctx.speech.say("#{number} stays with the trusted contacts.", number=item.number))
    if to.audience is Audience.TRUSTED and item.audience is not Audience.TRUSTED:
        raise UserError(
            ctx.speech.say(
                "The team has #{number} already. What only the trusted contacts are to read has to be written anew.",
                number=item.number,
            )
        )
    if to.naming is Naming.NAMELESS and not item.nameless:
        _refuse_useless_anonymity(session, ctx, item)


def _refuse_useless_anonymity(session: Session, ctx: Context, item: Feedback) -> None:
    """Raise `UserError` if making an item nameless would not hide its author: others saw the name, or it has a file."""
    if not may_be_nameless(item):
        raise UserError(
            ctx.speech.say(
                "#{number} was typed where others read along: they have seen it with your name beside it, and taking "
                "the name off now would hide nothing. It can still be shown to the team only, or withdrawn.",
                number=item.number,
            )
        )
    if not attachments.count(session, item.id):
        return
    raise UserError(
        ctx.speech.say(
            "A file can give its author away, and #{number} has one: the name stays on. The words alone can be sent "
            "without a name.",
            number=item.number,
        )
    )


def _change_author(session: Session, ctx: Context, item: Feedback, to: Naming) -> None:
    """Change how an item, its history and its queued messages refer to its author.

    Either from the author's id to a keyed mark and a sealed address, or back.
    """
    person = ctx.person(session)
    if to is Naming.NAMELESS and item.author_id is not None:
        take_name_off(session, ctx.core, ctx.community, item, ctx.now)
        nameless.seal(session, ctx, item)
    elif to is Naming.NAMED and item.author_id is None:
        item.author_id, item.author_hash = person, None
        outbox.readdress(session, item.id, None, person)
        destinations.drop_address(session, item)
    session.add(item)
    session.flush()
