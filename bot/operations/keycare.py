"""Tells whether others than the bot's user can read the key, or find it with the data, and refuses such a key."""

import os
import stat

from bot.errors import OperatorError
from storage.schema.opening import Location

HAS_MODES = os.name == "posix"
"""Whether file permission bits are real on this system; others report arbitrary ones."""
HOW_TO_ACCEPT = "where modes cannot be set, as in some containers, --insecure-key or insecure_key accepts it"


def exposure(place: Location) -> tuple[str, str] | None:
    """What exposes the key of a location, or will once it is made, and its mend; None when nothing does."""
    key = place.key_file
    if place.file and key.resolve().parent == place.file.resolve().parent:
        mend = "move it to another folder and set key_file (PORTEVOIX_KEY_FILE)"
        return f"{key} lies beside the database: whoever copies the one has the other", mend
    if HAS_MODES and key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"others may read {key}", f"chmod 600 {key}"
    return None


def require_private(place: Location, *, accepted: bool) -> None:
    """Refuse an exposed key, unless the operator accepts it.

    Raises:
        OperatorError: others can read the key, or find it with the data.
    """
    found = exposure(place)
    if found and not accepted:
        words, mend = found
        raise OperatorError(f"The key is not safe: {words}. To mend: {mend}; {HOW_TO_ACCEPT}.")
