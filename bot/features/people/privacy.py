"""The commands that show which personal data is stored, as the tables' columns declare, and that erase a person's."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience import leaving
from bot.feedback.audience.visibility import everyone
from bot.locales.words import mark
from bot.ports.reply import Bullets, Button, Buttons, Paragraph, Reply, Title, Weight, say
from bot.privacy import erasures, forgetting, persons
from bot.privacy.durations import after_removal, durations
from bot.privacy.left_places import may_be_erased
from storage.engine.loading import one_by_id
from storage.models import Member
from storage.people.marks import former_of
from storage.privacy import departures, erasure

ACCOUNT = mark("your account here: its number, name and language")
MEMBERSHIP = mark("in which communities of this bot you used it")
FEEDBACK = mark("your feedback, its files and what became of it")
NAMELESS = mark("for feedback without a name: a sealed address, no author")
STANDING = mark("what you support and follow, and why, where you said so")
TALKING = mark(
    "what you are happy to talk about with the team, for a time, and which questions you were sent or answered"
)
QUESTIONS = mark("your questions")
PROPOSALS = mark(
    "answers you propose, and answers found in a chat the operator imported, without who wrote them, until the team "
    "has decided on them"
)
PASSING = mark("forms, buttons, messages on their way, and how often the bot was used lately")
ALONE = mark("the address of your private chat with the bot, sealed")
QUOTED = mark("quotes in the team's digests")
BLOCK = mark("while you cannot file feedback: a code without your name; it stays until that ends, also after erasing")
LEAVING = mark("for a week after an erasure: what without a name is still to leave, sealed")
KEPT: Mapping[str, str] = {
    "member": ACCOUNT,
    "identity": ACCOUNT,
    "membership": MEMBERSHIP,
    "feedback": FEEDBACK,
    "history": FEEDBACK,
    "attachment": FEEDBACK,
    "detail": FEEDBACK,
    "item_vector": FEEDBACK,
    "theme_item": FEEDBACK,
    "alert": FEEDBACK,
    "alert_item": FEEDBACK,
    "screen": FEEDBACK,
    "sealed_address": NAMELESS,
    "incident": FEEDBACK,
    "support": STANDING,
    "follow": STANDING,
    "voice": STANDING,
    "readiness": TALKING,
    "invitation": TALKING,
    "inquiry": TALKING,
    "referral": TALKING,
    "question": QUESTIONS,
    "phrasing": QUESTIONS,
    "proposal": PROPOSALS,
    "inbox": PASSING,
    "outbox": PASSING,
    "prompt": PASSING,
    "rate": PASSING,
    "private_chat": ALONE,
    "departure": LEAVING,
    "button": PASSING,
    "trace": PASSING,
    "digest": QUOTED,
    "digest_owner": QUOTED,
    "block": BLOCK,
}
"""What /privacy says of each table with personal columns; docs/privacy.md lists every column."""


async def privacy(ctx: Context) -> Reply:
    """See what is kept about you, who reads it, and how to have it erased."""
    say_ = ctx.speech.say
    kept = dict.fromkeys(KEPT[table.name] for table, _, _ in erasure.personal_columns())
    return Reply(
        (
            Title(say_("Your privacy here")),
            Paragraph(
                say_(
                    "Only what is said to the bot is kept, to answer it and to carry it to the team; and what a "
                    "moderator passes on, whose author is told, or else the name is taken off."
                )
            ),
            *((Paragraph(items.readers(ctx)), Paragraph(everyone(ctx))) if ctx.here else ()),
            Paragraph(
                say_(
                    "Without your name, your name is not stored: a code without a name keeps you from being counted "
                    "twice, a sealed address brings the answer back. Whoever hosts the bot holds the key."
                )
            ),
            Paragraph(
                say_(
                    "Erasing takes what has your name at once. What has none leaves at moments drawn by chance within "
                    "{n} days: vanishing together with your name would tell that it was yours.",
                    n=departures.SPAN.days,
                )
            ),
            Paragraph(say_("What can be kept, encrypted on disk:")),
            Bullets(tuple(say_(what) for what in kept)),
            Paragraph(say_("For how long:")),
            Bullets((*durations(ctx.speech, ctx.core.settings.retention), *_after_removal(ctx))),
            Paragraph(_traces(ctx)),
            Paragraph(say_("Nobody is profiled, nothing is sold, nothing trains a model.")),
            Buttons(
                (
                    Button(say_("Get a copy"), "mydata"),
                    Button(say_("Erase what is kept about me"), "forgetme", weight=Weight.DANGEROUS),
                )
            ),
        )
    )


def _after_removal(ctx: Context) -> tuple[str, ...]:
    """The sentence on what happens to the data when the bot is removed; empty where no community is known."""
    if not ctx.here:
        return ()
    erased = may_be_erased(ctx.core, ctx.community)
    return (after_removal(ctx.speech, ctx.core.settings.retention, erased=erased),)


def _traces(ctx: Context) -> str:
    """The sentence on where erased data may remain: in backups and, on a server, in its files and log."""
    if not ctx.core.store.shared:
        return ctx.speech.say("Backups hold what was erased since until they are deleted; brought back, it goes again.")
    return ctx.speech.say(
        "The database server's files and its log can hold traces of what was erased until they are cleared, backups "
        "until they are deleted."
    )


async def forgetme(ctx: Context, sure: Token | None = None, at_once: Token | None = None) -> Reply:
    """Have everything about you erased."""
    if not sure:
        return await ctx.read(lambda session: _ask_whether_sure(session, ctx))
    listed = await erasures.marks(ctx.core, ctx.member.id if ctx.member else None)
    reply = await ctx.settle(lambda session: _forget(session, ctx, at_once=bool(at_once)), held=False)
    await erasures.note(ctx.core, listed)
    return reply


def _ask_whether_sure(session: Session, ctx: Context) -> Reply:
    speech = ctx.speech
    words = speech.say(
        "This erases your words, your name and your account here, on every community of this bot. Numbers and "
        "totals stay, without you. It cannot be undone."
    )
    lines = leaving.nameless_lines(session, ctx)
    buttons = [Button(speech.say("Erase everything about me"), "forgetme", {"sure": "1"}, weight=Weight.DANGEROUS)]
    if lines:
        buttons.append(
            Button(speech.say("Everything at once"), "forgetme", {"sure": "1", "at_once": "1"}, weight=Weight.DANGEROUS)
        )
    buttons.append(Button(speech.say("Cancel"), "cancel", {"sure": "0"}))
    above = (Paragraph(words), *_accounts(session, ctx))
    return Reply((*above, *(leaving.explain(ctx, lines) if lines else ()), Buttons(tuple(buttons))))


def _accounts(session: Session, ctx: Context) -> tuple[Paragraph, ...]:
    """The sentence that all joined accounts are erased; empty for a person with one account."""
    found = persons.accounts(session, ctx.member.id) if ctx.member else []
    if len(found) < 2:
        return ()
    names = ", ".join(f"{one.name} ({one.platform.capitalize()})" for one in found)
    return (Paragraph(ctx.speech.say("All your joined accounts go: {names}.", names=names)),)


def _forget(session: Session, ctx: Context, *, at_once: bool) -> Reply:
    """Erase a person's data, with quotes of them."""
    person = forgetting.hold(session, ctx.inbound.actor)
    if person is None:
        forgetting.forget_account(session, ctx.core, ctx.inbound.actor, at_once=at_once)
        return replace(_confirm(ctx, 0, lately=True), edits=True)
    lately = _is_new(session, ctx, person)
    later = [] if at_once else [*chain(*forgetting.nameless(session, ctx.core, person))]
    forgotten = forgetting.forget(session, ctx.core, person, at_once=at_once)
    blanked = len(forgotten.blanked)
    done = leaving.confirm(ctx, blanked, len(later)) if later else _confirm(ctx, blanked, lately=lately)
    still = ctx.speech.say("Except, until it ends, a code without your name: filing feedback stays paused.")
    shown = (*done.blocks, *((Paragraph(still),) if forgotten.blocked else ()))
    return replace(done, blocks=shown, edits=True)


def _is_new(session: Session, ctx: Context, person: int) -> bool:
    """Whether a person was unknown a week ago, so that nameless items from before an erasure may still be stored."""
    member = one_by_id(session, Member, person)
    days = (member.first_seen, *former_of(member.former).values())
    return max(days) >= (ctx.now - departures.SPAN).date()


def _confirm(ctx: Context, blanked: int, *, lately: bool) -> Reply:
    """The confirmation of an erasure when no nameless items are still to be erased.

    Args:
        blanked: the number of items that were blanked.
        lately: whether items from before an earlier erasure may still be stored, as of `_is_new`.
    """
    done = ctx.speech.count(
        "Done. {n} item was blanked; nothing stored here leads to you any more.",
        "Done. {n} items were blanked; nothing stored here leads to you any more.",
        blanked,
    )
    before = ctx.speech.say(
        "If all was erased before, in the last {n} days: what had no name leaves by the day that was said then.",
        n=departures.SPAN.days,
    )
    return say(done, before) if lately else say(done)
