"""The content of an item's card: its words, pictures and facts, as everybody who sees the item is shown it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.feedback import items
from bot.feedback.attachments.enclosures import enclosures
from bot.feedback.desk.reasons import told
from bot.feedback.display.edits import edited, supporters
from bot.feedback.display.joined import status_line
from bot.locales.reasons import parts, plain
from bot.locales.speech import Speech
from bot.ports.reply import Block, Fields, Line, Link, Paragraph, Quote, Title
from storage.items import feedback
from storage.items.support import supports
from storage.models import Feedback, History
from storage.people import members
from storage.values import frozen
from storage.vocabulary import Action


@frozen
class Reader:
    """For whom a card is made.

    Attributes:
        speech: their language.
        zone: the time zone for days.
        whole: whether contact data is shown; otherwise it is masked.
        languages: the speech of each language in which a reason may have been given, by its code.
    """

    speech: Speech
    zone: ZoneInfo
    whole: bool = False
    languages: Mapping[str, Speech] = field(default_factory=dict)


def content(session: Session, reader: Reader, item: Feedback) -> tuple[Block, ...]:
    """What an item's card shows: the kind and number, words, pictures, status, author, area, support and files."""
    speech = reader.speech
    heading = f"{speech.word(item.kind).capitalize()} #{item.number}"
    words, found = items.words(speech, item, whole=reader.whole), enclosures(session, speech, item, whole=reader.whole)
    pairs = (*_facts(session, reader, item), *found.named)
    return (Title(heading), words, *found.pictures, Fields(pairs))


def reasons(session: Session, reader: Reader, item: Feedback) -> tuple[Paragraph | Quote, ...]:
    """The latest reason given with a change of status, as blocks; empty when none was given, or it was taken back.

    The heading says so when the item was edited after the reason was given.
    """
    given = _latest_reason(feedback.history(session, item.id))
    if given is None:
        return ()
    note = told(session, reader.languages, reader.zone, item, given, reader.speech)
    day = reader.speech.day(given.at.astimezone(reader.zone).date())
    edited_since = item.edited_at is not None and item.edited_at >= given.at
    said, (words, link) = Paragraph(_heading(reader.speech, day, edited_since=edited_since)), parts(note)
    quoted = (Quote(plain(reader.speech, note)),) if words else ()
    return said, *quoted, *((Paragraph((Link(link, link),)),) if link else ())


def _latest_reason(entries: Sequence[History]) -> History | None:
    """The entry with the latest reason; None if the item was closed with it and reopened."""
    given = None
    for entry in entries:
        if entry.action is Action.STATUS:
            given = entry if entry.note else None if entry.before in items.REOPENED else given
    return given


def _heading(speech: Speech, day: str, *, edited_since: bool) -> str:
    if edited_since:
        return speech.say("The team's word of {day}, before it was edited:", day=day)
    return speech.say("The team's word of {day}:", day=day)


def _facts(session: Session, reader: Reader, item: Feedback) -> list[tuple[str, Line]]:
    speech, author = reader.speech, None
    if item.author_id and not item.nameless:
        author = members.names(session, {item.author_id}).get(item.author_id)
    total = supports.total(session, item)
    earlier = supports.earlier(session, [item]).get(item.id, 0)
    return [
        (speech.say("Status"), status_line(session, speech, item)),
        *([(speech.say("From"), author)] if author else []),
        *([(speech.say("Area"), speech.area(area))] if (area := items.chosen_area(item)) else []),
        *([(speech.say("Support"), supporters(speech, total, 0))] if item.joined_to is None else []),
        *edited(speech, reader.zone, item, total, earlier),
    ]
