"""The log of erasures made by an operator: a file of days and counts, without texts, names or accounts."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from storage.values import frozen


@frozen
class ErasureLog:
    """The file, with one line for each erasure: a JSON object."""

    path: Path

    def add(self, day: date, erased: Mapping[str, int]) -> None:
        """Append an erasure, and return once it is on the disk.

        Args:
            erased: the number of rows by kind.

        Raises:
            OSError: the file cannot be written.
        """
        line = json.dumps({"day": day.isoformat(), "erased": dict(erased)}) + "\n"
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
