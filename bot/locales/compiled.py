"""Compiled catalogues: beside each .po file a .mo file that is read in its place, in a twentieth of the time."""

import io
import struct
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from babel.support import Translations

_HEADER = "project-id-version"
"""The header of a compiled file that names the digest of its source, so that one out of date is never used."""
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of every compiled file, so that it changes only with its source."""


def read(source: Path) -> Translations:
    """The translations of a .po file, compiled anew unless the compiled file beside it is of the same text."""
    return _beside(source) or Translations(io.BytesIO(_compile(source)))


def is_current(source: Path) -> bool:
    """Whether the compiled file beside a .po file is of the same text."""
    return _beside(source) is not None


def write(source: Path) -> None:
    """Compile a .po file, if it has changed, into the file beside it."""
    if not is_current(source):
        source.with_suffix(".mo").write_bytes(_compile(source))


def _beside(source: Path) -> Translations | None:
    """The translations of the compiled file beside a .po file; None when there is none of the same text."""
    try:
        with source.with_suffix(".mo").open("rb") as file:
            found = Translations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None
    return found if found.info().get(_HEADER, "").endswith(f" {_digest(source)}") else None


def _compile(source: Path) -> bytes:
    # Imported here: they are needed after a change alone.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.stem)
    catalogue.project, catalogue.version = source.name, _digest(source)
    catalogue.creation_date = catalogue.revision_date = _DATE
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _digest(source: Path) -> str:
    return sha256(source.read_bytes()).hexdigest()
