"""Offers to send a question about a moderator or the team, who would read it, to the trusted contacts instead."""

from collections.abc import Iterable

from sqlmodel import Session

from bot.context import Context
from bot.feedback import drafts
from bot.feedback.audience import trusted
from bot.feedback.drafts import Filing
from bot.locales.words import Useful
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, say
from storage.models import Question
from storage.traffic import prompts
from storage.vocabulary import Audience, Kind, Naming

COMMAND = "ask"
"""The command of a draft that holds a question."""


def concerns(ctx: Context, text: str) -> bool:
    """Whether a question is about a moderator or the team."""
    return trusted.is_about_team(ctx.core, ctx.community.id, text)


def newly_concerns(ctx: Context, text: str, before: Iterable[str]) -> bool:
    """Whether new words are about a moderator or the team, while none of the earlier ones were."""
    return concerns(ctx, text) and not any(concerns(ctx, one) for one in before)


async def ask_first(ctx: Context, text: str, name: Naming | None) -> Reply:
    """Offer to send a question, which is not stored yet, to the trusted contacts, or to the team anyway.

    Where others read along, perhaps those it is about, it is neither stored nor repeated.
    """
    if ctx.inbound.chat.overlooked:
        words = ctx.speech.say(
            "Others read along here, so nothing was kept or passed on. Written to me alone, it reaches whom you choose."
        )
        return await ctx.show(say(words))
    if name is Naming.NAMELESS:
        await ctx.meet()

    def job(session: Session) -> Reply:
        kept = {"question": text, **({"name": name.value} if name else {})}
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, COMMAND, kept, ctx.now)
        return _offer(session, ctx, text, name, Button(_anyway(ctx), "ask_anyway", {"draft": str(draft.id)}))

    return await ctx.settle(job)


def offer(session: Session, ctx: Context, asked: Question) -> Reply:
    """The same for a stored question whose answer did not help, which would go to the team now."""
    name = Naming.NAMELESS if asked.holder else None
    kept = {"question": str(asked.id), "verdict": Useful.NO.value, "sure": "1"}
    anyway = Button(_anyway(ctx), "useful", kept)
    return _offer(session, ctx, asked.text, name, anyway)


def _offer(session: Session, ctx: Context, text: str, name: Naming | None, anyway: Button) -> Reply:
    if not trusted.readers(session, ctx, text):
        why = Paragraph(f"{drafts.would_read(ctx)} {drafts.no_contact(ctx)}")
        return Reply((why, Quote(text), Buttons((anyway,))))
    new = Filing(Kind.PROBLEM, text, None, Audience.TEAM, name or Naming.NAMED, ctx.inbound.chat.overlooked)
    return drafts.offer_contacts(session, ctx, new, anyway)


def _anyway(ctx: Context) -> str:
    return ctx.speech.say("Ask the team all the same")
