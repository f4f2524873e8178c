"""Gives a file the owner and the permissions of the file it replaces."""

import contextlib
import os
import shutil
from pathlib import Path


def take_after(file: Path, model: Path) -> None:
    """Copy the owner and the permissions of another file, as far as this user may.

    Otherwise a command run as root would leave a file that the bot's user cannot read.
    """
    if not model.exists():
        return
    found = model.stat()
    with contextlib.suppress(OSError):
        os.chown(file, found.st_uid, found.st_gid)
    with contextlib.suppress(OSError):
        shutil.copymode(model, file)
