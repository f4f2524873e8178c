"""Opens an operator's file, with an error of one line where it cannot be read."""

from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError


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
    """The whole file as text, without a byte order mark.

    Raises:
        OperatorError: it cannot be opened, is not UTF-8 or is empty.
    """
    with open_binary(path) as source:
        content = source.read()
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    if not found.strip():
        raise OperatorError(f"{path} is empty.")
    return found
