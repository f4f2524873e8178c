"""Decodes a file's bytes: Unicode by its byte order marks, else the encoding that Windows programs write."""

import codecs

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
"""Byte order marks with their encodings. UTF-32 comes first, since its mark begins like that of UTF-16."""
WIDE = ["utf_16_le", "utf_16_be"]
NARROW = ["cp1252"]
"""The only single-byte encoding that is tried, since all of them decode any bytes: in a short French or English text a
guess among them would mistake é for another letter."""


def decode(content: bytes) -> str | None:
    """The text of a file, without a byte order mark; None when its encoding is not recognised."""
    named = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        found = content.decode(named)
    except UnicodeDecodeError:
        return _guess(content) if named == "utf-8" else None
    return _guess(content) if "\0" in found else found


def _guess(content: bytes) -> str | None:
    """The text in the most likely encoding without a mark; None when none is likely."""
    # Imported here: it takes 3 MiB, and hardly a file needs it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    wide = b"\0" in content
    best = from_bytes(content, cp_isolation=WIDE if wide else NARROW).best()
    text = str(best) if best else ""
    # Without line ends, which were read as other characters, it is the wrong encoding.
    return text if text and "\0" not in text and (not wide or text.isascii() or "\n" in text or "\r" in text) else None
