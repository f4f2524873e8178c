"""The job that sends news that is due: a single piece as it is, several gathered in one message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, dropwhile

from sqlmodel import Session

from bot.commands.buttons import sign
from bot.core import Core
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Line, Paragraph, Quote, Reply, Row, Span, Title
from bot.recurring import repeat
from bot.troubles import Troubles
from storage.engine.loading import one_by_id
from storage.models import Community, Feedback, Outbox
from storage.people import communities, members
from storage.traffic import news, traces
from storage.vocabulary import News, Status

MOST_ROWS = 20
"""The largest number of items listed in one message."""
EVERY = "*/10"
"""The seconds of each minute at which to look."""


class Gathering:
    """The job that sends each person the news that is due."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("news")

    async def run(self) -> None:
        """Look now and every ten seconds, until cancelled."""
        await repeat(self.look, self._core.clock, EVERY)

    async def look(self) -> None:
        """Send the news that is due; errors are logged, and failed news stays due."""
        now, due = self._core.clock.now(), list[int]()
        with self._troubles.guard():
            due = await self._core.store.read(partial(news.due, now=now))
        for member_id in due:
            # An error with one person's news must not hold up the others'.
            with self._troubles.guard(part="sending"):
                await self._core.store.write(partial(_send, core=self._core, member_id=member_id, now=now))
        if due:
            self._core.debts.notify()


def _send(session: Session, core: Core, member_id: int, now: datetime) -> None:
    """Send a person the news that is due, unless another process does."""
    rows = _timely(session, news.claim(session, member_id, now))
    if not rows:
        return
    if until := _spaced_until(session, core, member_id, rows, now):
        news.postpone(session, rows, until)
    elif len(rows) == 1:
        news.release(session, rows[0], now)
    else:
        _gather(session, core, rows, now)


def _timely(session: Session, rows: Sequence[Outbox]) -> list[Outbox]:
    """The news that is still true: that an item is overdue is deleted if the item was decided on meanwhile."""
    found = list[Outbox]()
    for row in rows:
        late = row.dedupe_key.startswith(news.OVERDUE) and row.feedback_id is not None
        if late and session.get_one(Feedback, row.feedback_id).status is not Status.RECEIVED:
            session.delete(row)
        else:
            found.append(row)
    return found


def _spaced_until(
    session: Session, core: Core, member_id: int, rows: Sequence[Outbox], now: datetime
) -> datetime | None:
    """Until when news is held for a person who wants it at most once a day and had some; None otherwise."""
    stored = news.choice(session, member_id)
    usual = {core.settings_of(one).telling.news for one in _communities(session, rows).values()}
    if stored not in ("", News.SPACED) or (not stored and News.SPACED not in usual):
        return None
    last = news.last_told(session, member_id, now - news.DAY)
    return last + news.DAY if last else None


def _gather(session: Session, core: Core, rows: Sequence[Outbox], now: datetime) -> None:
    homes, recipient = _communities(session, rows), rows[0].recipient_id or 0
    spoken = members.languages(session, recipient)
    speech = core.speech(next(iter(homes.values())), *spoken)
    about = _by_item(session, rows)
    entries = [_entry(core, speech, item, found, homes[item.community_id], now) for item, found in about[:MOST_ROWS]]
    title = speech.count("{n} piece of news", "{n} pieces of news", len(about))
    reply = Reply((Title(title), *entries, *_rest(speech, len(about) - MOST_ROWS)))
    shown = {item.id for item, _ in about} | {*traces.items_of(session, [row.id for row in rows])}
    made = news.gather(session, rows, core.codec.dump(reply), now)
    if made is not None:
        traces.on_items(session, made.id, shown)


def _rest(speech: Speech, more: int) -> Iterator[Block]:
    if more > 0:
        yield Paragraph(speech.count("And {n} more: /mine", "And {n} more: /mine", more))


def _by_item(session: Session, rows: Sequence[Outbox]) -> list[tuple[Feedback, list[Outbox]]]:
    """The items of the news, in order of their first piece, each with the latest piece of each kind."""
    found: dict[int, dict[str, Outbox]] = {}
    for row in rows:
        if row.feedback_id is not None and row.payload is not None:
            found.setdefault(row.feedback_id, {})[row.dedupe_key.partition(":")[0]] = row
    return [(session.get_one(Feedback, own), list(kinds.values())) for own, kinds in found.items()]


def _entry(core: Core, speech: Speech, item: Feedback, rows: Sequence[Outbox], home: Community, now: datetime) -> Row:
    """The line with one item's news, and the button that shows the item."""
    said = [_first_words(speech, core.codec.load(row.payload or {})) for row in rows]
    line = tuple(chain.from_iterable((" ", *one) if place else one for place, one in enumerate(said)))
    button = Button(f"#{item.number}", "status", {"number": str(item.number)})
    token = sign(core.store.keys, button, None, now, home.id)
    return Row(line, replace(button, token=token or "", command="", args={}))


def _first_words(speech: Speech, news_: Reply) -> tuple[str | Span, ...]:
    """The parts of a piece of news for a line: its first paragraph, the quoted words, and the reason after these."""
    said = next(block.text for block in news_.blocks if isinstance(block, Paragraph))
    quoted = (" " + speech.say("“{words}”", words=block.text) for block in news_.blocks if isinstance(block, Quote))
    after = dropwhile(lambda block: not isinstance(block, Quote), news_.blocks)
    reason = (part for block in after if isinstance(block, Paragraph) for part in (" ", *_parts(block.text)))
    return (*_parts(said), *quoted, *reason)


def _parts(line: Line) -> tuple[str | Span, ...]:
    return (line,) if isinstance(line, str) else line


def _communities(session: Session, rows: Sequence[Outbox]) -> Mapping[int, Community]:
    """The communities that the news is from, by id."""
    items = {row.feedback_id for row in rows if row.feedback_id is not None}
    here = {one_by_id(session, Feedback, own).community_id for own in items}
    return {one.id: one for one in communities.every(session) if one.id in here}
