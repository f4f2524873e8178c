"""Reads files and folders, and makes version stamps by which changes are noticed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import OperatorError
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.foreign import FORMATS, name_foreign
from bot.knowledge.sources.recognition import YAML, read, read_project
from storage.values import frozen

SUFFIXES = frozenset(
    [".md", ".markdown", ".mdx", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".html", ".htm", ".txt", *YAML]
)
"""The extensions of files that are read in a folder; a single file is read whatever its extension."""
MOST_FILES = 5_000
"""The most files of a folder; a folder with more was probably named by mistake."""


@frozen
class Reading:
    """The result of reading a file, folder or page.

    Attributes:
        place: its absolute path or URL.
        version: its version stamp, by which changes are noticed.
        unchanged: whether its answers are the same as when it was read before, so that `found` is not complete.
    """

    place: str
    version: str
    found: Sequence[Draft | Problem]
    unchanged: bool = False

    @property
    def holds_answers(self) -> bool:
        """Whether it has any answer."""
        return self.unchanged or any(isinstance(one, Draft) for one in self.found)


def read_place(path: Path) -> Reading:
    """Read a file, or all files of a folder; each answer and problem names its file.

    Raises:
        OperatorError: there is no such file or folder, it cannot be read, or holds no knowledge.
    """
    whole = path.resolve()
    version = stamp(whole)
    found = list(_of_folder(whole) if whole.is_dir() else sourced(whole, read(path)))
    return Reading(str(whole), version, found)


def stamp(path: Path) -> str:
    """A version stamp of a file, or of all files of a folder, which differs after a change; empty if it is missing."""
    try:
        files = _files(path)[0] if path.is_dir() else [path]
        states = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    except OSError:
        return ""
    return hashlib.sha256(repr(states).encode()).hexdigest()[:32]


def _of_folder(folder: Path) -> Iterator[Draft | Problem]:
    files, others = _files(folder)
    yield from name_foreign(folder, others)
    training = [file for file in files if file.suffix in YAML]
    yield from sourced(folder, read_project(training) or ()) if training else ()
    for file in files:
        if file in training:
            continue
        name = file.relative_to(folder)
        try:
            found = list(read(file))
        except OperatorError as error:
            yield Problem(str(name), str(error).removeprefix(f"{file} ").rstrip("."))
            continue
        for one in sourced(file, found):
            yield replace(one, where=f"{name}, {one.where}")


def _files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files that may hold knowledge, and those of other formats, in order; hidden ones (Git's) are left out.

    Raises:
        OperatorError: there are too many.
    """
    found = sorted(file for file in folder.rglob("*") if _is_document(file) and file.is_file())
    seen = [file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts)]
    read = [file for file in seen if file.suffix.lower() in SUFFIXES]
    if len(read) > MOST_FILES:
        raise OperatorError(f"{folder} has {len(read):,} files: name the folder of the knowledge alone.")
    return read, [file for file in seen if file.suffix.lower() not in SUFFIXES]


def _is_document(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES or file.suffix.lower() in FORMATS


def sourced(file: Path, found: Iterable[Draft | Problem]) -> Iterator[Draft | Problem]:
    """The answers with their file or folder as source, and with its last change as date where they have no date."""
    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    return (
        replace(one, source=str(file), written_on=one.written_on or changed) if isinstance(one, Draft) else one
        for one in found
    )
