"""`python -m tests.architecture.probe FILE COMMAND … OTHER PLATFORM`: tells in FILE, as JSON, what a process loads.

All commands are imported first. Then some, each with its arguments for `portevoix` in one word, are run, one after
another. Then, in a fork of
the process, a bot is started on the other platform, and asked something while it knows nothing. So is one on the
platform in the process itself, where it is then told suggestions, taught, and asked again.
"""

import asyncio
import json
import os
import re
import sys
import threading
from collections.abc import Coroutine
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

STARTS = frozenset({"socket.connect", "subprocess.Popen", "sqlite3.connect", "os.mkdir", "os.remove"})
"""What Python tells of that is work."""
TOOLS = ("numpy", "scipy", "sklearn", "snowballstemmer")


class Watch(MetaPathFinder):
    """Notes in which threads the language tools are imported."""

    def __init__(self) -> None:
        self.threads: set[str] = set()

    def find_spec(self, name: str, _path: object, _target: ModuleType | None = None) -> Any:
        """Find nothing."""
        if name in TOOLS:
            self.threads.add("the event loop's" if threading.current_thread() is threading.main_thread() else "its own")


def imports() -> dict[str, list[str]]:
    """Import the commands, and with them nearly everything else: the files this opens, what it starts and loads."""
    opened: dict[str, None] = {}
    started: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching:
            return
        if event == "open" and isinstance(arguments[0], str | bytes):
            opened[f"{arguments[1] or 'r'} {arguments[0]!s}"] = None
        elif event in STARTS:
            started.append(event)

    sys.addaudithook(watch)
    from bot.cli import load  # noqa: PLC0415 - what is loaded is what is measured

    load()
    watching = False
    started += [thread.name for thread in threading.enumerate()]
    return {"opened": list(opened), "started": started, "imported": sorted(sys.modules)}


def commands(lines: list[str]) -> dict[str, list[str]]:
    """Run commands of the bot's; what is loaded after each includes what those before it have loaded."""
    from bot.cli import main  # noqa: PLC0415 - what is loaded is what is measured

    loaded: dict[str, list[str]] = {}
    for line in lines:
        sys.argv = ["portevoix", *line.split()]
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                raise
        loaded[line] = sorted(sys.modules)
    return loaded


def memory() -> str:
    """The MiB that this process holds and that no file can give back, where the system tells."""
    said = Path("/proc/self/status")
    found = re.search(r"RssAnon:\s+(\d+) kB", said.read_text(encoding="ascii")) if said.exists() else None
    return str(int(found[1]) // 1024) if found else "0"


def apart(job: Coroutine[Any, Any, dict[str, list[str]]]) -> dict[str, list[str]]:
    """What a job tells in a fork of this process, so that what it loads stays there."""
    reading, writing = os.pipe()
    if not os.fork():
        with os.fdopen(writing, "w") as mouth:
            json.dump(asyncio.run(job), mouth)
        os._exit(0)
    os.close(writing)
    job.close()
    with os.fdopen(reading) as told:
        found: dict[str, list[str]] = json.load(told)
    os.wait()
    return found


async def platform(name: str, *, known: bool = True) -> dict[str, list[str]]:
    """Start on a platform, without connecting to it, and answer; also once something is known."""
    from bot.clock import SystemClock  # noqa: PLC0415 - as above
    from bot.dispatch.app import App  # noqa: PLC0415
    from bot.dispatch.policy import Policy  # noqa: PLC0415
    from bot.features.moderation.queue.guessing import Guesses  # noqa: PLC0415
    from bot.language.encoding.encoders import BUNDLED  # noqa: PLC0415
    from bot.language.encoding.encoders import load as load_encoder  # noqa: PLC0415
    from bot.operations.assembly import load_adapters, open_core  # noqa: PLC0415
    from bot.operations.memory import return_memory  # noqa: PLC0415
    from bot.ports.inbound import Actor, Chat, Inbound  # noqa: PLC0415
    from bot.settings.config import load  # noqa: PLC0415
    from storage.answers import knowledge  # noqa: PLC0415
    from storage.answers.knowledge import Entry  # noqa: PLC0415
    from storage.people import communities  # noqa: PLC0415

    core = await open_core(load(from_file=False), SystemClock())
    app, watch = App(core, Policy(core.settings.limits)), Watch()
    sys.meta_path.insert(0, watch)
    load_adapters([name], core, app)
    entry = Entry("address", ("How do I change my delivery address?",), "Under Orders.", "en")

    async def ask(event: str, text: str = entry.phrasings[0]) -> list[str]:
        actor, chat = Actor(name, "1", "Zoé"), Chat(name, "plaza")
        await app.handle(Inbound(event, actor, chat, core.clock.now(), text=text))
        return sorted(sys.modules)

    asked = await ask("1")
    if not known:
        core.store.close()
        return {"asked elsewhere": asked}
    for turn, words in enumerate(("More benches in the park", "A chess tournament", "Later buses on Sunday")):
        await ask(f"told {turn}", f"/suggest {words}")
    await Guesses(core).look()
    told = sorted(sys.modules)
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [entry]))
    taught = await ask("2")
    core.store.close()
    encoder = load_encoder(BUNDLED)
    assert encoder
    encoder.encode(entry.phrasings)
    return_memory()
    return {"asked": asked, "told": told, "taught": taught, "threads": sorted(watch.threads), "memory": [memory()]}


if __name__ == "__main__":
    into, *lines, other, name = sys.argv[1:]
    found = imports() | commands(lines) | apart(platform(other, known=False)) | asyncio.run(platform(name))
    Path(into).write_text(json.dumps(found))
