"""Gives a file the owner and the permissions of the one whose place it takes."""

import contextlib
import os
import shutil
from pathlib import Path


def take_after(file: Path, model: Path) -> None:
    """Give a file the owner and permissions of another, as far as this user may.

    An operator who works as root would else leave the bot's user a file that it cannot read.
    """
    if not model.exists():
        return
    found = model.stat()
    with contextlib.suppress(OSError):
        os.chown(file, found.st_uid, found.st_gid)
    with contextlib.suppress(OSError):
        shutil.copymode(model, file)
