"""The demo: a sample community in a folder of its own, with a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.demo.clock import KeptClock
from bot.demo.story import read_community
from bot.demo.telling import begin, go_on, keep_telling
from bot.errors import OperatorError
from bot.features.digest.timetable import Timetable
from bot.operations.assembly import location, open_core, serve
from bot.settings.config import Settings, Web, load
from storage.opening import Location, hold


async def run_demo(data: Path, port: int) -> None:
    """Open the demo, fill it on its first start, and serve its page until interrupted.

    Args:
        data: the folder for its database and clock, made when there is none.
        port: the page's port on 127.0.0.1; 0 takes any free one.

    Raises:
        OperatorError: it cannot start; the message names the mend.
        StoreError: its store cannot be opened; the message names the mend.
    """
    settings = settings_for(data, port)
    with _claimed(data, location(settings)):
        clock = KeptClock(data / "clock.json")
        core = await open_core(settings, clock)
        try:
            await begin(core)
        except BaseException:
            core.store.close()
            raise
        clock.before, clock.after = partial(go_on, core), Timetable(core).catch_up
        await serve(core, ["web"], {"story": partial(keep_telling, core)})


def settings_for(data: Path, port: int) -> Settings:
    """The demo's settings. The key stays in the user's own folder: beside the data it would protect nothing.

    Raises:
        OperatorError: a variable of the environment is wrong.
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
    """The folder, made and held for one running demo."""
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
