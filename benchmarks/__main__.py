"""`python -m benchmarks [NAME …]`: runs benchmarks and prints the figures; without names writes docs/benchmarks.md."""

import asyncio
import compileall
import sys
from collections.abc import Awaitable, Callable, Mapping

from benchmarks import alerts, detection, digests, discord, messages, signals, similar, size, start, store, telegram
from benchmarks.rig.report import PAGE, Chapter, page, table
from benchmarks.size import ROOT
from benchmarks.themes import measuring as themes

BENCHMARKS: Mapping[str, Callable[[], Awaitable[Chapter]]] = {
    "messages": messages.measure,
    "store": store.measure,
    "start": start.measure,
    "size": size.measure,
    "detection": detection.measure,
    "themes": themes.measure,
    "similar": similar.measure,
    "digests": digests.measure,
    "signals": signals.measure,
    "alerts": alerts.measure,
    "telegram": telegram.measure,
    "discord": discord.measure,
}


def main(names: list[str]) -> None:
    """Run the benchmarks with these names, or all of them and write the page."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]}; there is: {', '.join(BENCHMARKS)}.")
    _compile()
    chapters = []
    for name in names or BENCHMARKS:
        sys.stderr.write(f"{name}…\n")
        chapters.append(asyncio.run(_measured(BENCHMARKS[name])))
        sys.stdout.write(f"\n{chapters[-1].title}\n{table(chapters[-1])}\n")
        sys.stdout.flush()
    if not names:
        PAGE.write_text(page(chapters), encoding="utf-8")


def _compile() -> None:
    """Compile the sources, as an installation does; otherwise each bot started would compile them first."""
    for folder in ("adapters", "bot", "storage"):
        compileall.compile_dir(ROOT / folder, quiet=2)


async def _measured(benchmark: Callable[[], Awaitable[Chapter]]) -> Chapter:
    return await benchmark()


if __name__ == "__main__":
    main(sys.argv[1:])
