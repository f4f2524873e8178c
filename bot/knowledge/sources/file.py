"""Opens an operator's file, and raises `OperatorError` with a message of one line if it cannot be read."""

from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError
from bot.knowledge.sources.encoding import decode


def open_binary(path: Path) -> BinaryIO:
    """The file, open for reading.

    Raises:
        OperatorError: there is no such file, or it cannot be opened.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise OperatorError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise OperatorError(f"{path} is a folder: name a file.") from None
    except OSError as error:
        raise OperatorError(f"{path} cannot be read ({error.strerror}).") from error


def read_text(path: Path) -> str:
    """The whole file as text, without a byte order mark; carriage returns alone, as of old Macs, become line feeds.

    Raises:
        OperatorError: it cannot be opened, its encoding cannot be told, or it is empty.
    """
    with open_binary(path) as source:
        found = decode(source.read())
    if found is None:
        raise OperatorError(f"{path} is not text that can be read: save it as UTF-8, in a spreadsheet as CSV UTF-8.")
    if not found.strip():
        raise OperatorError(f"{path} is empty.")
    return found if "\n" in found else found.replace("\r", "\n")
