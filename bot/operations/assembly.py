"""Assembles the bot from settings, store and adapters, and runs it. Adapters are found by their entry points."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Mapping
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

import structlog
from sqlmodel import Session

from bot.catalogue import registry
from bot.clock import Clock
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.dispatch.presses import Presses
from bot.errors import OperatorError
from bot.features.alerts.posting import Poster
from bot.features.alerts.shifts import DailyLook
from bot.features.alerts.watch import Watch
from bot.features.cards.keeping import Keeper
from bot.features.digest.posting import keeping as digests_posted
from bot.features.digest.posting.timetable import Timetable
from bot.features.feedback.own import mine
from bot.features.moderation.authors import blocks
from bot.features.moderation.authors.overdue import Overdue
from bot.features.moderation.care.reminders import Reminders
from bot.features.moderation.outcomes import choosing
from bot.features.moderation.queue import triage
from bot.features.moderation.queue.guessing import Guesses
from bot.features.questions.learning.expiry import Expiry
from bot.features.questions.waiting.reconsideration import Reconsideration
from bot.features.screens.keeping import Keeping
from bot.features.screens.refreshing import Refreshing
from bot.features.screens.storing import Storing
from bot.features.telling.gathering import Gathering
from bot.features.telling.referring import Referring
from bot.feedback import wording
from bot.feedback.desk import notices
from bot.knowledge.library import Library
from bot.language.encoding import encoders
from bot.language.text.detect import Detector
from bot.locales.speech import Languages
from bot.operations import memory
from bot.operations.backups import Backups
from bot.operations.folders import Folders
from bot.operations.room import RoomWatch
from bot.operations.supervision import RestartableAdapter, Supervision, Work
from bot.ports.adapter import Platform
from bot.ports.codec import ReplyCodec
from bot.privacy.departures import Departures
from bot.privacy.erasures import erased_list, replay
from bot.privacy.retention import Sweep
from bot.recognition.recogniser import Recogniser
from bot.settings.config import CommunitySettings, Settings
from bot.standby import lead
from bot.themes.watch import ThemeWatch
from storage.engine.errors import StoreError, StoreReadOnly
from storage.people import communities, routes
from storage.reports import digests
from storage.schema.opening import Location, open_store

ENTRY_POINT_GROUP = "portevoix.adapters"
LOCALES = Path(__file__).parents[1] / "locales"
DRAIN_SECONDS = 3
"""Seconds that the messages being delivered may take when the bot stops."""
DEFAULT_KEY = "default"
"""The key of the community that is made when none is configured."""
POSTINGS = (*notices.POSTINGS, *digests_posted.POSTINGS)
"""The kinds of messages in staff places that are kept up to date."""
VIEWS = {**triage.DRAWS, **choosing.DRAWS, **blocks.DRAWS, **mine.DRAWS}
"""By the name of a view, the function that draws its message again from the store."""
NO_TASKS: Mapping[str, Work] = MappingProxyType({})


def location(settings: Settings) -> Location:
    """The location of the database and its key, from the settings."""
    return Location(settings.database, settings.key_file)


async def open_core(settings: Settings, clock: Clock) -> Core:
    """Open the store, made or upgraded if need be, and update its communities from the settings.

    Raises:
        StoreError: the store cannot be opened; the message says what to do.
    """
    memory.limit_heaps()
    store = await asyncio.to_thread(open_store, location(settings))
    languages = Languages(LOCALES)
    core = Core(
        settings=settings,
        store=store,
        registry=registry(),
        languages=languages,
        clock=clock,
        library=Library(store, languages.codes, clock, settings.encoder),
        detector=Detector(languages.codes),
        codec=ReplyCodec(store.keys),
        recogniser=Recogniser(settings.tables),
    )
    await store.write(lambda session: _sync_communities(session, core))
    await store.read(lambda session: wording.load(session, core))
    await _erase_again(core)
    return core


async def _erase_again(core: Core) -> None:
    """Erase again the people whom a restored backup brought back, before anything is served.

    Raises:
        StoreError: the list of erased persons, or the database, cannot be used.
    """
    try:
        await replay(core)
    except OSError as error:
        path = erased_list(core.settings).path
        raise StoreReadOnly(f"{path} cannot be read ({error.strerror}): check erased_file.") from error


def load_adapters(names: list[str], core: Core, app: App) -> Mapping[str, Platform]:
    """Make the adapters of these platforms.

    Raises:
        OperatorError: this version has no adapter for one of them.
    """
    found = find_adapters(names)
    return {name: RestartableAdapter(name, partial(found[name].load(), core, app.handle)) for name in names}


def find_adapters(names: list[str]) -> Mapping[str, EntryPoint]:
    """The entry points of these platforms' adapters, not loaded yet.

    Raises:
        OperatorError: this version has no adapter for one of them.
    """
    found = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    for name in names:
        if name not in found:
            raise OperatorError(f"This version does not speak {name} yet; it speaks: {', '.join(sorted(found))}.")
    return found


async def serve(core: Core, names: list[str], extra: Mapping[str, Work] = NO_TASKS) -> None:
    """Run the adapters, the delivery and the scheduled work until interrupted, then close the store.

    Args:
        names: the platforms to run on.
        extra: further tasks that run until cancelled, by their name in the log.

    Raises:
        OperatorError: an adapter cannot start; the message says what to do.
    """
    try:
        encoders.check(core.settings.encoder)
        adapters = load_adapters(names, core, App(core, Policy(core.settings.limits), Presses()))
    except OperatorError:
        core.store.close()
        raise
    courier, storing = Courier(core, adapters), Storing(core, POSTINGS)
    # One platform's fault, of whatever kind, never ends the others.
    platforms = _start({name: adapter.run for name, adapter in adapters.items()}, alone=len(adapters) == 1)
    warming = asyncio.create_task(_warm(core))
    jobs = {**_jobs_of_each(core, courier, storing), **_jobs_of_one(core, adapters), **extra}
    leasing = _start({"leases": core.store.leases.run} if core.store.leases else {})
    workers = [*_start(jobs), asyncio.create_task(_wait_for_signal())]
    try:
        done, _ = await asyncio.wait([*platforms, *workers, *leasing], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await _cancel([*workers, warming])
        with contextlib.suppress(TimeoutError, StoreError):
            await asyncio.wait_for(courier.drain(), DRAIN_SECONDS)
        await courier.stop()
        with contextlib.suppress(StoreError):
            await storing.look()
        await _cancel(platforms)
        # Last, so that no other process takes over what this one is still doing.
        await _cancel(leasing)
        core.store.close()


def _jobs_of_each(core: Core, courier: Courier, storing: Storing) -> Mapping[str, Work]:
    """The recurring work that every process does, by its name in the log."""
    return {
        "outbox": courier.run,
        "timetable": Timetable(core).run,
        "reminders": Reminders(core).run,
        "words": wording.Reloading(core).run,
        "disk": RoomWatch(core).run,
        "screens": Refreshing(core).run,
        "screens to store": storing.run,
        "memory": partial(memory.return_memory_when_idle, core.library.release),
        "similar": core.similar.run,
        "similar of the team": core.similar_of_team.run,
    }


def _jobs_of_one(core: Core, adapters: Mapping[str, Platform]) -> Mapping[str, Work]:
    """The recurring work that one process does for all that share the database, by its name in the log."""
    jobs: dict[str, Work] = {
        "retention": Sweep(core).run,
        "departures": Departures(core).run,
        "backup": Backups(core).run,
        "waiting questions": Reconsideration(core).run,
        "answers that are over": Expiry(core).run,
        "overdue": Overdue(core).run,
        "news": Gathering(core).run,
        "questions of members": Referring(core).run,
        "folders": Folders(core).run,
        "areas": Guesses(core).run,
        "stored screens": Keeping(core, POSTINGS, VIEWS).run,
        "cards": Keeper(core, adapters).run,
        "alerts": Watch(core).run,
        "alerts of days": DailyLook(core).run,
        "alert messages": Poster(core, adapters).run,
        "themes": ThemeWatch(core).run,
    }
    return {name: partial(lead, core.store, name, work, logged=False) for name, work in jobs.items()}


async def _warm(core: Core) -> None:
    """Build the search indexes, which takes seconds, while the bot already runs and answers commands."""
    try:
        known = await core.store.read(communities.every)
        await core.library.warm([community.id for community in known])
        if core.library.by_meaning:
            await core.semantic_recogniser.prepare()
        await core.library.wait_until_encoded()
    except Exception as error:
        # The first question builds its index again, and reports the fault if it persists.
        structlog.get_logger().error("warming", error=type(error).__name__)
    _freeze_garbage_collector()
    memory.return_memory()


def _freeze_garbage_collector() -> None:
    """Exempt the objects of the start from garbage collection, and raise its thresholds.

    They live as long as the process: scanning all of them again and again took a tenth of the CPU time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def _start(jobs: Mapping[str, Work], *, alone: bool = True) -> list[asyncio.Task[None]]:
    """Start each job as a task that is started again after a fault; `alone` as for `Supervision`."""
    return [asyncio.create_task(Supervision(name, work, alone=alone).run()) for name, work in jobs.items()]


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _wait_for_signal() -> None:
    """Wait for the first SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _sync_communities(session: Session, core: Core) -> None:
    """Store the communities of the settings and the places of their digests.

    With none in the settings and none but the default one in the store, the default one is stored.
    """
    own = core.settings.communities
    if not own and {community.key for community in communities.every(session)} <= {DEFAULT_KEY}:
        own = (CommunitySettings(key=DEFAULT_KEY, name="Portevoix"),)
    for item in own:
        language, timezone = item.language or core.settings.language, item.timezone or core.settings.timezone
        now, closed = core.clock.now(), item.closed
        kept = communities.ensure(session, item.key, item.name, language, timezone, now, closed=closed)
        if item.staff:
            communities.join_place(session, kept.id, item.staff.platform, item.staff.place, staff=True)
        # Places of single digests are stored too, so that buttons work in them from the first digest on.
        for named in (digest.staff for digest in core.settings.digests_of(item.key) if digest.staff):
            digests.destination(session, kept.id, named.platform, named.place)
        for desk in (route.staff for route in item.routes if route.staff):
            routes.team_place(session, kept.id, desk.platform, desk.place)
