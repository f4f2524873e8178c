"""Logs the errors of a task that goes on despite them: each trouble once, and once more when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from storage.engine.errors import store_error

Part = tuple[tuple[str, str], ...]
"""The names of a part of a task, as they stand in the log."""


class Troubles:
    """The troubles of one task and its parts.

    Args:
        task: its name in the log.
    """

    def __init__(self, task: str) -> None:
        self._task = task
        self._told: dict[Part, str] = {}
        """By part of the task, the trouble that was logged and is not over."""

    @contextmanager
    def guard(self, **part: str) -> Iterator[None]:
        """Run a part of the task; its error is logged instead of being raised, since the next attempt may succeed."""
        try:
            yield
        except Exception as error:
            self.tell(error, **part)
        else:
            self.end(**part)

    def tell(self, error: Exception, **part: str) -> None:
        """Log the error of a part, unless its last one was the same.

        The mend is logged, or the error's type: its message could hold a member's words.
        """
        known = store_error(error)
        told = {"error": type(error).__name__} if known is None else {"mend": str(known)}
        if self._told.get(_key(part)) != str(told):
            structlog.get_logger().error(self._task, **part, **told)
        self._told[_key(part)] = str(told)

    def end(self, **part: str) -> None:
        """Log that a part works again, if an error of it was logged."""
        if self._told.pop(_key(part), None):
            structlog.get_logger().info(self._task, **part, trouble="none any more")


def _key(part: dict[str, str]) -> Part:
    return tuple(part.items())
