"""Examines which copies of the data there are, and how old each is: they hold what has been erased since."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.operations.backups import made_at, scheduled
from bot.operations.ledger import Copy, Ledger
from bot.ports.adapter import Finding
from bot.settings.config import Settings
from storage.privacy.erased import KEPT
from storage.schema import dumps, programs, returning
from storage.schema.opening import Location

MOST = 20
"""The most copies listed, the newest ones."""
LEFT_OVER = timedelta(days=30)
"""The age from which a copy made before a change is reported as no longer needed."""
WORDS = {"before": "made before a change", "old key": "opens backups from before the present key"}


def examine_copies(settings: Settings, place: Location, now: datetime) -> Iterator[Finding]:
    """Examine the scheduled backup, and every copy that is known."""
    yield _schedule(settings, place, now)
    found = Ledger(place).copies()
    if len(found) > MOST:
        yield Finding("copies", f"{len(found) - MOST} older ones than those below")
    for copy in found[-MOST:]:
        yield _copy(copy, now)
    for schema in returning.kept(place) if place.file is None else ():
        yield Finding("before", *_schema(schema, now))


def age(made: datetime, now: datetime) -> str:
    """How old something is, in hours or days."""
    hours = max(0, int((now - made).total_seconds()) // 3600)
    if hours < 48:
        return f"{hours} hours old" if hours != 1 else "1 hour old"
    return f"{hours // 24} days old"


def _schedule(settings: Settings, place: Location, now: datetime) -> Finding:
    about, own = "scheduled backup", settings.backup
    if own.folder is None:
        served = "the server's keeper's, or the bot's with backup.folder" if place.file is None else ""
        return Finding(about, served or "none; backup.folder sets it")
    if place.file is None and (lacking := programs.lacking()):
        return Finding(about, "none", lacking)
    if not own.folder.is_dir():
        return Finding(about, f"there is no folder {own.folder}", "make it, or set backup.folder")
    mend = "see that `portevoix run` is running, and what its log says of `backup`"
    made = scheduled(place, own.folder)
    if not made:
        return Finding(about, f"none was made yet in {own.folder}", mend)
    newest = made_at(made[-1])
    words = f"every {own.every} hours to {own.folder}; kept: {len(made)}, the newest {age(newest, now)}"
    return Finding(about, words, mend if now - newest > 2 * timedelta(hours=own.every) else "")


def _schema(schema: str, now: datetime) -> tuple[str, str]:
    """The tables that `db restore --replace` kept, whose name tells the day, and what to do with them."""
    made = datetime.strptime(schema.removeprefix(dumps.ASIDE)[:10], "%Y_%m_%d").replace(tzinfo=UTC)
    mend = f"once they are not needed, DROP SCHEMA {schema} CASCADE: they hold what has been erased since"
    return f"schema {schema}, {WORDS['before']}, {age(made, now)}", mend if now - made > LEFT_OVER else ""


def _copy(copy: Copy, now: datetime) -> Finding:
    where = str(copy.file) if copy.file else "printed to another program"
    kind = WORDS.get(copy.kind)
    words = f"{where}, {f'{kind}, ' if kind else ''}{age(copy.made, now)}"
    old = now - copy.made
    if copy.kind == "unfinished":
        return Finding(copy.kind, words, "a command was ended while it made this copy: type it again, or delete it")
    if copy.file and (old > KEPT or (copy.kind == "before" and old > LEFT_OVER)):
        return Finding(copy.kind, words, "delete it once it is not needed: it holds what has been erased since")
    return Finding(copy.kind, words)
