"""Examines an installation: settings, key, database, communities, deliveries and platforms."""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.core import Core
from bot.features.digest.posting.calendar import Calendar, calendar
from bot.operations.assembly import find_adapters
from bot.operations.keycare import exposure
from bot.operations.room import LEAST_BYTES, measure
from bot.ports.adapter import Checkup, Finding
from bot.settings.config import DigestSettings, Settings, StaffPlace
from bot.settings.connections import Connection
from bot.timekeeping import MEND, describe, deviation
from storage import migrations
from storage.answers import knowledge
from storage.engine.errors import StoreError, explain
from storage.models import Community, Outbox
from storage.people import communities, members
from storage.reports import installation
from storage.schema.opening import Location, is_new, load_keys, open_engines
from storage.traffic import deliveries, outbox
from storage.vocabulary import Delivery

FREE_SPACE = LEAST_BYTES
"""Bytes that should be free on the disk of the database."""
TABLES = "tables"
"""The subject of the finding that tells whether the database can be opened at its present revision."""
SEE_OUTBOX = "`portevoix outbox list` shows them, `outbox retry` and `outbox drop` settle them"


def connections(settings: Settings) -> Mapping[str, Connection]:
    """Each platform's connection settings, by the platform's name."""
    return {name: value for name, value in settings if isinstance(value, Connection)}


def token_of(own: Connection) -> str:
    """A platform's token; empty when there is none."""
    return own.token.get_secret_value().strip() if own.token else ""


def checkup_of(platform: str, settings: Settings, core: Core | None = None) -> Checkup | None:
    """The checkup of a platform's adapter; None when the adapter has none.

    Raises:
        OperatorError: this version has no adapter for it.
    """
    module = f"{find_adapters([platform])[platform].module}.checkup"
    if find_spec(module) is None:
        return None
    made: Checkup = resolve_name(f"{module}:checkup")(settings, core)
    return made


def examine_files(settings: Settings, file: Path, place: Location) -> Iterator[Finding]:
    """Examine the settings' file and the key file: that they exist, and who else may read them."""
    yield _settings_file(settings, file)
    yield _key(settings, place)


def examine_database(place: Location) -> Iterator[Finding]:
    """Examine whether the database exists, opens at this version's revision, and has free space beside it.

    Nothing is made or changed.
    """
    if place.file is None:
        yield Finding("database", "on a PostgreSQL server; encrypting disk, connections and backups is its keeper's")
    elif is_new(place):
        mend = "`portevoix init` makes one; if there should be one, set database (PORTEVOIX_DATABASE)"
        yield Finding("database", f"there is none at {place.file.absolute()}", mend)
        return
    else:
        yield _free_space(place.file)
    if place.key_file.exists():
        yield _revision(place)


async def examine_store(core: Core) -> list[Finding]:
    """Examine the communities, their knowledge and digests, and the outbox."""
    now = core.clock.now()
    return await core.store.read(lambda session: [*_communities(session, core, now), *_outbox(session, now)])


async def examine_clock(core: Core) -> list[Finding]:
    """A finding when the clock is off: by the platforms' time once they were examined, else by the last trusted one."""
    now, told = core.clock.now(), core.platform_time.now()
    off = deviation(now, await core.store.read(installation.seen_at), told)
    if off is None:
        return []
    shown = f"{now:%Y-%m-%d %H:%M} UTC, {describe(off)} of"
    if told is not None:
        return [Finding("clock", f"{shown} the platforms' time", MEND)]
    return [Finding("clock", f"{shown} when the bot last ran: it goes on once a platform's time agrees")]


async def examine_platforms(settings: Settings, core: Core | None) -> list[Finding]:
    """Examine every platform that has a token.

    Args:
        core: an open core, to examine the communities' places on the platform too; None for the token alone.
    """
    found: list[Finding] = []
    for name, own in connections(settings).items():
        if token_of(own) and (checkup := checkup_of(name, settings, core)):
            found += await checkup.examine(await _places(core, name) if core else {})
    return found


def examine_tokens(settings: Settings) -> Finding:
    """Examine which platforms have a token."""
    names = [name for name, own in connections(settings).items() if token_of(own)]
    if not names:
        return Finding("platforms", "none has a token", "`portevoix init` asks for it and checks it")
    return Finding("platforms", ", ".join(names))


def next_due(own: Calendar, now: datetime) -> datetime:
    """The next instant after `now` at which a digest is due, in its own zone."""
    day = now.astimezone(own.zone).date()
    while True:
        midnight = datetime.combine(day, time(), UTC)
        due = own.instant(own.digest.days().get_next_fire_time(None, midnight).date())
        if due > now:
            return due.astimezone(own.zone)
        day += timedelta(days=1)


async def _places(core: Core, platform: str) -> dict[str, bool]:
    """The ids of a community's places on a platform, and whether digests go there."""
    known = await core.store.read(lambda session: communities.places(session, platform))
    named = [digest.staff for digest in core.settings.digests if digest.staff and digest.staff.platform == platform]
    return {place.external_id: place.staff for place in known} | {staff.place: True for staff in named}


def _settings_file(settings: Settings, file: Path) -> Finding:
    if not file.is_file():
        return Finding("settings", f"from the environment alone; there is no {file}")
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    secret = any("token" in content.get(name, {}) for name in connections(settings))
    if secret and _open_to(file, stat.S_IRWXO | stat.S_IWGRP):
        return Finding("settings", f"others may read {file}, which has a token in it", f"chmod 600 {file}")
    return Finding("settings", f"{file} and the environment can be read")


def _key(settings: Settings, place: Location) -> Finding:
    key, about = place.key_file, "key"
    if not key.exists():
        mend = "put it back, or set key_file (PORTEVOIX_KEY_FILE); the first start makes one where there is no data yet"
        return Finding(about, f"there is none at {key.absolute()}", mend)
    if found := exposure(place):
        words, mend = found
        accepted = settings.insecure_key
        return Finding(about, f"{words}; insecure_key accepts it" if accepted else words, "" if accepted else mend)
    return Finding(about, f"{key}; is there a copy of it, apart from the data's?")


def _open_to(file: Path, whom: int) -> bool:
    """Whether any of these permission bits of a file is set; false where the system has no such bits."""
    return os.name == "posix" and bool(file.stat().st_mode & whom)


def _free_space(file: Path) -> Finding:
    room, size = measure(file.absolute().parent), file.stat().st_size
    words = f"{file}, {size / 1e6:,.0f} MB; {room.free / 1e6:,.0f} MB are free beside it"
    # An upgrade copies the file first, so it needs its size once more.
    low = room.is_below() or room.free < max(FREE_SPACE, size)
    return Finding("database", words, "make room on that disk" if low else "")


def _revision(place: Location) -> Finding:
    about, head = TABLES, migrations.head()
    try:
        writing, reading = open_engines(place, load_keys(place))
        try:
            with reading.connect() as connection:
                current = migrations.revision(connection)
        finally:
            writing.dispose()
            reading.dispose()
    except StoreError as error:
        return Finding(about, "the database does not open", str(error))
    except DBAPIError as error:
        return Finding(about, "the database does not open", str(explain(error) or "see `portevoix db check`"))
    if current != head:
        mend = "`portevoix db upgrade`; one that is newer needs a newer Portevoix"
        return Finding(about, f"at revision {current}, and this version needs {head}", mend)
    return Finding(about, f"at revision {head}, which this version needs; `portevoix db check` reads all of it")


def _communities(session: Session, core: Core, now: datetime) -> Iterator[Finding]:
    every = communities.every(session)
    for community in every:
        yield _chats(session, community, alone=len(every) == 1)
        yield _knowledge(session, community)
        yield _staff(session, core, community)
        yield from _trusted_contacts(session, core, community)
        for digest in core.settings.digests_of(community.key):
            yield _digest(session, core, community, digest, now)


def _chats(session: Session, community: Community, *, alone: bool) -> Finding:
    """Which chats belong to a community."""
    about, joined = f"chats of {community.key}", communities.places_of(session, community.id)
    if any(not place.staff for place in joined):
        return Finding(about, f"those that were set up alone: {len(joined)}")
    if alone and not community.closed:
        words = "every chat the bot is added to, and reads /top there, until one is set up (`portevoix code`)"
        return Finding(about, words)
    return Finding(
        about, "none was set up, so its members cannot write to it", "`portevoix code` makes the code to type"
    )


def _knowledge(session: Session, community: Community) -> Finding:
    answers, about = knowledge.total(session, community.id), f"knowledge of {community.key}"
    if answers:
        return Finding(about, f"answers: {answers:,}")
    return Finding(about, "none yet, so every question goes to the team; `portevoix knowledge add FILE` brings some")


def _staff(session: Session, core: Core, community: Community) -> Finding:
    about, place = f"staff place of {community.key}", communities.staff_place(session, community.id)
    if place:
        return _require_token(core.settings, Finding(about, f"{place.platform} {place.external_id}"), place.platform)
    if all(digest.staff for digest in core.settings.digests_of(community.key)):
        return Finding(about, "none, and each digest names its own")
    mend = "`portevoix code --staff` makes the code to type there, or set communities.staff"
    return Finding(about, "none yet, so its digests have nowhere to go", mend)


def _trusted_contacts(session: Session, core: Core, community: Community) -> Iterator[Finding]:
    """Whether the bot has met the trusted contacts: else it may not write to them, and lacks their names."""
    for account in core.settings_of(community).trusted_contacts:
        platform, _, number = account.partition(":")
        about = f"trusted contact {account} of {community.key}"
        if members.account(session, platform, number):
            yield Finding(about, "known")
        else:
            mend = "they write /start to it once: before, it may not reach them, and shows them what names them"
            yield Finding(about, "has not written to the bot yet", mend)


def _digest(session: Session, core: Core, community: Community, digest: DigestSettings, now: datetime) -> Finding:
    due = next_due(calendar(digest, community), now)
    found = Finding(f"digest {digest.name} of {community.key}", f"next on {due:%A %Y-%m-%d at %H:%M} ({due.tzinfo})")
    if digest.staff is None:
        return found
    if not _owns(session, community, digest.staff):
        return Finding(found.about, "its place belongs to another community", "mend digests.staff")
    return _require_token(core.settings, found, digest.staff.platform)


def _owns(session: Session, community: Community, staff: StaffPlace) -> bool:
    owner = next((one for one in communities.places(session, staff.platform) if one.external_id == staff.place), None)
    return owner is None or owner.community_id == community.id


def _require_token(settings: Settings, found: Finding, platform: str) -> Finding:
    """A finding on a place, or one to mend when the platform of the place has no token."""
    own = connections(settings).get(platform)
    if own is not None and token_of(own):
        return found
    mend = f"set {platform}.token, or name a place on another platform"
    return Finding(found.about, f"{found.words}, and {platform} has no token", mend)


def _outbox(session: Session, now: datetime) -> Iterator[Finding]:
    rows = outbox.undelivered(session)
    # To mend: what may have arrived, can still be sent, or was for a place. Nobody can mend that a person blocked it.
    mine = [row for row in rows if row.state is Delivery.UNKNOWN or row.payload is not None or row.place_id is not None]
    failed, unknown = _count_state(mine, Delivery.FAILED), _count_state(mine, Delivery.UNKNOWN)
    words = f"{failed} could not be delivered, {unknown} may have arrived"
    yield Finding("undelivered", words if mine else "nothing", SEE_OUTBOX if mine else "")
    others = len(rows) - len(mine)
    if others:
        yield Finding("out of reach", f"{others} messages to people who cannot be reached, as who blocked the bot")
    yield _waiting(session, now)


def _count_state(rows: list[Outbox], state: Delivery) -> int:
    return sum(row.state is state for row in rows)


def _waiting(session: Session, now: datetime) -> Finding:
    waiting, overdue = outbox.waiting_count(session), deliveries.due(session, now - timedelta(hours=1), 1)
    mend = "see that `portevoix run` is running, on every platform they are for" if overdue else ""
    return Finding("waiting to be delivered", f"{waiting}{', some for more than an hour' if overdue else ''}", mend)
