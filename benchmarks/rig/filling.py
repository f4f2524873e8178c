"""Fills a store for benchmarks: a million items, ten thousand people and half a million buttons."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text
from sqlmodel import Session

from benchmarks.rig.bot import Crowd, account
from bot.commands.buttons import button_holder
from storage.engine.keys import Keys
from storage.models import Button

MANY = 1_000_000
WAITING = 800_000
"""The number of items that are undecided, or unread praise."""
BUTTONS = 500_000
PEOPLE = 10_000
WEEKS = 60
STEP = 50_000
"""The number of rows in one transaction."""

_PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
INSERT INTO member (id, first_seen) SELECT i, '2026-01-01' FROM n
"""
_ACCOUNTS = """
INSERT INTO identity (member_id, platform, external_id, name) SELECT id, 'bench', 'person-' || id, 'Zoé' FROM member
"""
_ITEMS = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO feedback (community_id, number, kind, area, status, audience, language, text, author_id, base_support,
                      support, seen, source, created_at, changed_at, closed_at)
SELECT 1 + i % :communities, i, CASE i % 3 WHEN 0 THEN 'problem' WHEN 1 THEN 'suggestion' ELSE 'praise' END,
       CASE i % 5 WHEN 0 THEN 'Quality' WHEN 1 THEN 'Support' ELSE 'Innovation' END,
       CASE WHEN i % 10 < 2 THEN 'done' ELSE 'received' END, 'everyone', 'en', 'Words of item ' || i,
       1 + (i * 7919) % :people, 0, i % 40, 0, lower(hex(randomblob(32))), at, at, CASE WHEN i % 10 < 2 THEN at END
FROM (SELECT i, strftime('%Y-%m-%d %H:%M:%f000', :until, ((i - :last) * :apart) || ' seconds') AS at FROM n)
"""
_HISTORY = """
INSERT INTO history (feedback_id, at, action, actor_id, after, note)
SELECT id, created_at, 'filed', author_id, status, '' FROM feedback WHERE number BETWEEN :first AND :last
"""


_COMMUNITIES = """
WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :communities)
INSERT INTO community (id, key, name, language, timezone, closed, last_number, knowledge_version, place_codes,
                       staff_codes, created_at)
SELECT i, 'c' || i, name, language, timezone, closed, last_number, 0, 0, 0, created_at FROM n, community WHERE id = 1
"""


async def fill_communities(people: Crowd, communities: int) -> None:
    """Insert communities like the first one, until there are this many."""
    await people.core.store.write(lambda session: session.execute(text(_COMMUNITIES), {"communities": communities}))


async def fill_people(people: Crowd) -> None:
    """Insert all members and their accounts."""
    await people.core.store.write(_add_people)


async def fill_items(people: Crowd, first: int, last: int, communities: int = 1) -> None:
    """Insert items with numbers from `first` + 1 to `last`, filed over `WEEKS`, in each community in turn."""
    now, apart = datetime.now(UTC) - timedelta(minutes=1), timedelta(weeks=WEEKS) / MANY
    for start in range(first, last, STEP):
        end = min(start + STEP, last)
        until = now - (MANY - end) * apart
        span = {
            "first": start + 1,
            "last": end,
            "until": until.strftime("%Y-%m-%d %H:%M:%S.%f"),
            "apart": apart.total_seconds(),
            "people": PEOPLE,
            "communities": communities,
        }
        await people.core.store.write(lambda session, span=span: _add_items(session, span))  # type: ignore[misc]


async def fill_buttons(people: Crowd) -> None:
    """Insert buttons as earlier versions stored them, each for one person, with dates spread over a hundred days."""
    keys, now = people.core.store.keys, datetime.now(UTC)
    for start in range(0, BUTTONS, STEP):
        spread = [(number, now - timedelta(days=100) * (1 - number / BUTTONS)) for number in range(start, start + STEP)]
        rows = [_button(keys, number, at) for number, at in spread]
        await people.core.store.write(lambda session, rows=rows: session.execute(insert(Button), rows))  # type: ignore[misc]


def _add_people(session: Session) -> None:
    session.execute(text(_PEOPLE), {"people": PEOPLE})
    session.execute(text(_ACCOUNTS))


def _add_items(session: Session, span: dict[str, object]) -> None:
    session.execute(text(_ITEMS), span)
    session.execute(text(_HISTORY), span)
    session.execute(text("UPDATE community SET last_number = :last"), span)


def _button(keys: Keys, number: int, at: datetime) -> dict[str, object]:
    token = f"{number:016}"
    holder = button_holder(keys, token, account(1 + number % PEOPLE))
    return {"token": token, "command": "status", "args": {"number": "1"}, "holder": holder, "created_at": at}
