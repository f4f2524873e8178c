"""The figures of the benchmarks, and the page that shows them."""

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Measured by `make bench`, which writes this page; never asserted by a test. Each figure stands beside what it is
compared with, taken in the same run: disks and neighbours differ from hour to hour.

"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement.

    Attributes:
        what: what was measured.
        found: the value with its unit.
        beside: the value it is compared with, from the same run; may be empty.
    """

    what: str
    found: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The figures of one benchmark, with the command that measures them."""

    title: str
    command: str
    figures: tuple[Figure, ...]
    note: str = ""


def machine() -> str:
    """The day, the machine, its system and Python's version, in one line."""
    cpu = next(_cpu_names(), platform.processor() or platform.machine())
    cores = sum(1 for _ in _cpu_names()) or 1
    day = datetime.now(UTC).date().isoformat()
    return f"{day} · {cores} × {cpu} · {platform.system()} · Python {platform.python_version()}"


def page(chapters: Iterable[Chapter]) -> str:
    """The text of docs/benchmarks.md."""
    return HEAD + f"{machine()}\n" + "".join(_chapter(chapter) for chapter in chapters)


def table(chapter: Chapter) -> str:
    """A chapter's figures as a Markdown table."""
    rows = [f"| {figure.what} | {figure.found} | {figure.beside} |" for figure in chapter.figures]
    return "\n".join(("| what | found | beside |", "|---|---:|---:|", *rows))


def _chapter(chapter: Chapter) -> str:
    note = f"\n{chapter.note}\n" if chapter.note else ""
    return f"\n## {chapter.title}\n\n`{chapter.command}`\n{note}\n{table(chapter)}\n"


def _cpu_names() -> Iterator[str]:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
