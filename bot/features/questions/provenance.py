"""Shows an answer with where it comes from: its file or page, when that was read, its last day, and its language."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.knowledge.formatting import formatted
from bot.locales.speech import Speech
from bot.ports.reply import Block, Link, Paragraph
from bot.ports.text import is_web_address
from storage.answers import sources
from storage.models import Answer


def answer_blocks(
    session: Session, speech: Speech, answer: Answer, language: str, now: datetime, zone: ZoneInfo
) -> list[Block]:
    """An answer's text in the team's formatting, and where it comes from.

    Args:
        language: the language of the question.
        now: the instant it is shown.
        zone: the community's time zone, for days.
    """
    said = [*formatted(answer.text, _address(answer)), *foreign(speech, answer.language, language)]
    return [*said, *_source(session, speech, answer, now, zone), *_term(speech, answer, now, zone)]


def foreign(speech: Speech, language: str, asked: str) -> Iterator[Block]:
    """A sentence on an English or French answer to a question in another language; nothing for others."""
    names = {"en": speech.say("This answer is in English."), "fr": speech.say("This answer is in French.")}
    if language != asked and language in names:
        yield Paragraph(names[language])


def _source(session: Session, speech: Speech, answer: Answer, now: datetime, zone: ZoneInfo) -> Iterator[Block]:
    if not answer.origin and not answer.address:
        return
    source = _name(answer)
    if answer.written_on:
        day = speech.dated(answer.written_on, now.astimezone(zone).date())
        yield Paragraph(speech.line("Source: {source}, of {day}", source=source, day=day))
        return
    read_at = sources.read_at(session, answer.community_id, answer.origin)
    if read_at is None:
        yield Paragraph(speech.line("Source: {source}", source=source))
    else:
        day = speech.day(read_at.astimezone(zone).date())
        yield Paragraph(speech.line("Source: {source}, read on {day}", source=source, day=day))


def _term(speech: Speech, answer: Answer, now: datetime, zone: ZoneInfo) -> Iterator[Block]:
    if answer.valid_until is None:
        return
    today = now.astimezone(zone).date()
    day = speech.dated(answer.valid_until, today)
    if answer.valid_until < today:
        yield Paragraph(speech.say("This held until {day} and may have changed.", day=day))
    else:
        yield Paragraph(speech.say("This holds until {day}.", day=day))


def _address(answer: Answer) -> str:
    """The web address an answer can be read at; empty for none."""
    return next((one for one in (answer.address or "", answer.origin) if is_web_address(one)), "")


def _name(answer: Answer) -> str | Link:
    """A page as a link, a file by its name without its folder, which concerns only the operator."""
    address = _address(answer)
    if address:
        page = urlsplit(address)
        return Link(f"{page.hostname}{page.path.rstrip('/')}", address)
    return PurePath(answer.origin or answer.address or "").name
