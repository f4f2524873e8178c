"""Compiled catalogues: a .mo file beside each .po file, which is read instead in a twentieth of the time."""

import io
import struct
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from babel.support import Translations

_HEADER = "project-id-version"
"""The header of a compiled file that holds the digest of its source, so that an outdated file is never used."""
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date written to every compiled file, so that the file changes only with its source."""


def read(source: Path) -> Translations:
    """The translations of a .po file, from the compiled file beside it if that is current."""
    return _beside(source) or Translations(io.BytesIO(_compile(source)))


def is_current(source: Path) -> bool:
    """Whether the compiled file beside a .po file was made from its present text."""
    return _beside(source) is not None


def write(source: Path) -> None:
    """Compile a .po file, if it has changed, into the file beside it."""
    if not is_current(source):
        source.with_suffix(".mo").write_bytes(_compile(source))


def _beside(source: Path) -> Translations | None:
    """The translations of the compiled file beside a .po file; None if it is missing or outdated."""
    try:
        with source.with_suffix(".mo").open("rb") as file:
            found = Translations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None
    return found if found.info().get(_HEADER, "").endswith(f" {_digest(source)}") else None


def _compile(source: Path) -> bytes:
    # Imported here: they are only needed after a change.
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
