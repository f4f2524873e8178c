"""Adds an answer to the knowledge in a way that can be undone."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.language.text.normalise import has_words
from bot.ports.reply import Button, Buttons, Paragraph, Reply
from bot.transfer import changes
from bot.transfer.changes import Change
from storage.answers import knowledge
from storage.answers.knowledge import Entry


def add(session: Session, ctx: Context, entry: Entry, asker_id: int | None) -> int | None:
    """Add an answer, or replace that with the same id, whose phrasings, source, address, tags and future last day stay.

    Args:
        asker_id: the member who wrote its phrasing; None for the team.

    Returns:
        The id of the change, by which it can be undone.

    Raises:
        UserError: no phrasing has a letter or digit to search for.
    """
    if not any(has_words(phrasing) for phrasing in entry.phrasings):
        raise UserError(ctx.speech.say("A question is found by its words: a few are needed."))
    community_id = ctx.community.id
    before = changes.held_entry(session, community_id, entry.external_id)
    if before:
        entry = _over(entry, before, ctx.now.astimezone(ctx.zone).date())
    knowledge.learn(session, community_id, entry, asker_id)
    made = Change((), [entry], (), 0, (), [before]) if before else Change([entry], (), (), 0, (), ())
    return changes.record(session, community_id, made, ctx.now)


def _over(entry: Entry, before: Entry, today: date) -> Entry:
    """An answer with what stays of the one it replaces."""
    until = before.valid_until if before.valid_until and before.valid_until >= today else None
    own = replace(entry, source=before.source, address=before.address, tags=before.tags, valid_until=until)
    return replace(own, written_on=today if before.source else None)


def kept_reply(ctx: Context, number: int | None, told: int = 0) -> Reply:
    """The reply that an answer was added, with the button that undoes it.

    Args:
        number: the id of the change; None for no such button.
        told: how many people who asked will be told.
    """
    words = ctx.speech.say("Kept. The bot gives this answer from now on.")
    people = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
    kept = Paragraph(f"{words} {people}" if told else words)
    if number is None:
        return Reply((kept,))
    back = Button(ctx.speech.say("Take it back"), "unkeep", {"change": str(number)})
    return Reply((kept, Buttons((back,))))
