"""An operator's file: opened, or refused in one clear line."""

from pathlib import Path
from typing import BinaryIO

from bot.errors import OperatorError


def opened(path: Path) -> BinaryIO:
    """The file, open for reading.

    Raises:
        OperatorError: there is no such file, or it may not be read.
    """
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise OperatorError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise OperatorError(f"{path} is a folder: name a file.") from None
    except OSError as error:
        raise OperatorError(f"{path} cannot be read ({error.strerror}).") from error


def text(path: Path) -> str:
    """The whole file as text.

    Raises:
        OperatorError: it cannot be read, is not UTF-8 or holds nothing.
    """
    with opened(path) as source:
        content = source.read()
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    if not found.strip():
        raise OperatorError(f"{path} is empty.")
    return found
