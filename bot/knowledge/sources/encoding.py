"""Decodes a file's bytes: Unicode by its marks, else the encoding that Windows programs write."""

import codecs

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
"""Byte order marks with their encodings; that of UTF-32 begins as that of UTF-16 does."""
WIDE = ["utf_16_le", "utf_16_be"]
NARROW = ["cp1252"]
"""Of the encodings of one byte a character, the only one that short French and English texts are told by: all of them
read any bytes, and mistake é for another letter."""


def decode(content: bytes) -> str | None:
    """The text of a file, without a byte order mark; None when its encoding cannot be told."""
    named = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        found = content.decode(named)
    except UnicodeDecodeError:
        return _guess(content) if named == "utf-8" else None
    return _guess(content) if "\0" in found else found


def _guess(content: bytes) -> str | None:
    """The text in the likelier of the encodings without a mark; None when it is likely in none."""
    # Imported here: it takes 3 MiB, and hardly a file needs it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    wide = b"\0" in content
    best = from_bytes(content, cp_isolation=WIDE if wide else NARROW).best()
    text = str(best) if best else ""
    # Line ends that are read as other characters show that the bytes are no text in it.
    return text if text and "\0" not in text and (not wide or text.isascii() or "\n" in text or "\r" in text) else None
