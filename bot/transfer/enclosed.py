"""The files of exported items: named with their sizes, and written to a folder where one is given."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.errors import OperatorError
from bot.pictures import is_remade, remake
from bot.privacy.copy import safe_name
from storage.items import attachments
from storage.items.attachments import Described
from storage.models import Feedback

Record = dict[str, Any]


def files(session: Session, items: Collection[Feedback], folder: Path | None = None) -> Mapping[int, list[Record]]:
    """The files of each item by the item's id.

    Args:
        folder: where their content is written, each item's under its number; None for nowhere.

    Raises:
        OperatorError: it cannot be written.
    """
    numbers = {item.id: item.number for item in items}
    found: dict[int, list[Record]] = {id_: [] for id_ in numbers}
    for file in attachments.described(session, numbers):
        record: Record = {"name": file.name, "media_type": file.media_type, "bytes": file.size}
        if folder is not None:
            record["path"] = _write(session, folder, numbers[file.feedback_id], file)
        found[file.feedback_id].append(record)
    return found


def line(records: Collection[Record]) -> str:
    """The files of an item in one cell."""
    return "; ".join(f"{one.get('path') or one['name']} ({one['media_type']}, {one['bytes']} bytes)" for one in records)


def _write(session: Session, folder: Path, number: int, file: Described) -> str | None:
    """Write a file; return its path in the folder, or None for a picture whose place cannot be taken out."""
    content = _discreet(file, attachments.content(session, file.id))
    if content is None:
        return None
    path = Path(str(number), f"{file.id} {safe_name(file.name)}")
    try:
        (folder / path.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    except OSError as error:
        raise OperatorError(f"{folder / path} cannot be written ({error.strerror}).") from error
    return path.as_posix()


def _discreet(file: Described, content: bytes) -> bytes | None:
    """The content of a file; of a picture that was kept as it was sent, what it shows alone, or None."""
    if not file.media_type.startswith("image/") or is_remade(content):
        return content
    return remake(content)
