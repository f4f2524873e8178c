"""Exports the files of items: their names and sizes, and their content to a folder or a zip if one is given."""

import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlmodel import Session

from bot.errors import OperatorError
from bot.pictures import is_reencoded, reencode
from bot.privacy.copy import safe_name
from bot.transfer.outgoing.record import FilePart
from storage.items import attachments
from storage.items.attachments import Described
from storage.models import Feedback

ZIP = ".zip"


class Box(Protocol):
    """A folder or a zip for the files of an export."""

    def put(self, path: str, content: bytes) -> None:
        """Store a file under its path.

        Raises:
            OperatorError: it cannot be written.
        """


class Folder:
    """A folder of files, each item's under its number."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, path: str, content: bytes) -> None:
        """Write a file; see `Box`."""
        file = self._root / path
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise OperatorError(f"{file} cannot be written ({error.strerror}).") from error


class Zip:
    """A zip of files; equal files make equal bytes."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def put(self, path: str, content: bytes) -> None:
        """Write a file; see `Box`."""
        try:
            # Without a time, which must not be told of a nameless item.
            self._file.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
        except OSError as error:
            raise OperatorError(f"{self._file.filename} cannot be written ({error.strerror}).") from error


@contextmanager
def open_box(path: Path | None) -> Iterator[Box | None]:
    """Open the box for the files of an export: a zip if the name ends in `.zip`, else a folder; None without a path."""
    if path is None or path.suffix.lower() != ZIP:
        yield Folder(path) if path else None
        return
    try:
        file = zipfile.ZipFile(path, "w")
    except OSError as error:
        raise OperatorError(f"{path} cannot be written ({error.strerror}).") from error
    path.chmod(0o600)
    with file:
        yield Zip(file)


def files(session: Session, items: Collection[Feedback], box: Box | None = None) -> Mapping[int, list[FilePart]]:
    """By item id, the records of its files.

    Args:
        box: where their content is written, each under its item's number; None to write none.

    Raises:
        OperatorError: it cannot be written.
    """
    numbers = {item.id: item.number for item in items}
    found: dict[int, list[FilePart]] = {id_: [] for id_ in numbers}
    places = Counter[int]()
    for file in attachments.described(session, numbers):
        own = file.feedback_id
        places[own] += 1
        told: dict[str, object] = {"name": file.name, "media_type": file.media_type, "bytes": file.size}
        if box is not None:
            path = f"{numbers[own]}/{places[own]} {safe_name(file.name)}"
            content = _discreet(file, attachments.content(session, file.id))
            told |= {"path": None} if content is None else {"path": path, "bytes": len(content)}
            if content is not None:
                box.put(path, content)
        found[own].append(FilePart.model_validate(told))
    return found


def line(records: Collection[FilePart]) -> str:
    """The records of an item's files as one cell."""
    return "; ".join(f"{one.path or one.name} ({one.media_type}, {one.size} bytes)" for one in records)


def _discreet(file: Described, content: bytes) -> bytes | None:
    """The content of a file; a picture that has metadata is encoded anew, or None if that is not possible."""
    if not file.media_type.startswith("image/") or is_reencoded(content):
        return content
    return reencode(content)
