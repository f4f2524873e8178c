"""Tells what a file is by its content, whatever it is called, and gives it a plain name."""

import codecs
import re
import unicodedata
from dataclasses import replace

from bot.ports.inbound import File

KINDS = ("image/", "video/", "audio/", "text/plain", "application/pdf")
"""The prefixes of the media types that are kept, none of which runs code when it is opened."""
DRAWINGS = ("image/vnd.", "image/x-xcf")
"""The prefixes of image types that are not kept: files of drawing programs, which hold more than a picture."""
TEXT = "text/plain"
LONGEST_NAME = 60
"""The largest number of characters of a stored name before its extension."""
_MARKUP = re.compile(r"\s*(<\s*[!?/a-z]|#!|\{\\rtf|%!)", re.IGNORECASE)
"""The beginnings of texts that programs render or run, such as SVG, HTML and scripts."""
_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,4}$", re.IGNORECASE)
_BLANK = "\n\r\t\f"


def examine(file: File) -> File | None:
    """A copy of a file with the media type of its content and a plain name; None when its kind is not kept.

    A file without content, which could not be downloaded, is judged by the media type it came with.
    """
    if file.lost:
        return file if file.media_type.startswith(KINDS) else None
    import filetype  # noqa: PLC0415 - twenty modules that only files need

    found = filetype.guess(file.content)
    if found is not None:
        kept = found.mime.startswith(KINDS) and not found.mime.startswith(DRAWINGS)
        media_type, extension = (found.mime, found.extension) if kept else ("", "")
    else:
        plain = file.media_type.startswith(TEXT) and _is_plain_text(file.content)
        media_type, extension = (TEXT, "txt") if plain else ("", "")
    return replace(file, name=plain_name(file.name, extension), media_type=media_type) if media_type else None


def is_picture(file: File) -> bool:
    """Whether a file is a picture by its media type."""
    return file.media_type.startswith("image/")


def plain_name(name: str, extension: str) -> str:
    """A name of letters, digits, spaces and `_-()`, without folders, with this extension alone."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = "".join(char if _is_plain(char) else "_" for char in _EXTENSION.sub("", shown))
    return f"{stem[:LONGEST_NAME].strip(' _-') or 'file'}.{extension}"


def _is_plain(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" or char in " _-()"


def _is_plain_text(content: bytes) -> bool:
    """Whether a content is plain text, and no web page, drawing or script."""
    text = _decode(content)
    if text is None or _MARKUP.match(text):
        return False
    return not any(unicodedata.category(char) == "Cc" and char not in _BLANK for char in text)


def _decode(content: bytes) -> str | None:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
