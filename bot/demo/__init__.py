"""The demo: runs the bot with a sample community, in a folder of its own, on a clock that can be set forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.demo.clock import KeptClock
from bot.demo.replay import fill, replay_continuously, replay_until
from bot.demo.story import read_community
from bot.errors import OperatorError
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import location, open_core, serve
from bot.settings.config import Settings, Web, load
from storage.schema.opening import Location, hold


async def run_demo(data: Path, port: int) -> None:
    """Open the demo, fill it on its first start, and serve its page until interrupted.

    Args:
        data: the folder for its database and clock, made when there is none.
        port: the page's port on 127.0.0.1; 0 takes any free one.

    Raises:
        OperatorError: it cannot start; the message says what to do.
        StoreError: its store cannot be opened; the message says what to do.
    """
    settings = settings_for(data, port)
    with _claimed(data, location(settings)):
        clock = KeptClock(data / "clock.json")
        core = await open_core(settings, clock)
        try:
            await fill(core)
        except BaseException:
            core.store.close()
            raise
        clock.before, clock.after = partial(replay_until, core), Timetable(core).catch_up
        await serve(core, ["web"], {"story": partial(replay_continuously, core)})


def settings_for(data: Path, port: int) -> Settings:
    """The demo's settings.

    The key stays in the user's configuration folder: in the folder of the data it would protect nothing.

    Raises:
        OperatorError: a variable of the environment is invalid.
    """
    return load(
        from_file=False,  # the demo is the same wherever it is started
        database=f"sqlite:///{data.absolute()}/portevoix.db",
        timezone="Europe/Paris",
        communities=(read_community(),),
        digests=(),
        web=Web(port=port),
    )


@contextmanager
def _claimed(data: Path, where: Location) -> Iterator[None]:
    """Make the folder if need be, and lock its database for this process."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = hold(where)
    except OSError as error:
        raise OperatorError(f"{data} cannot be used ({error.strerror}): choose another folder with --data.") from error
    try:
        yield
    finally:
        if lock:
            lock.release()
