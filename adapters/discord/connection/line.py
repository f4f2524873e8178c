"""Says when the line to Discord is broken, and when it is whole again; the library's own log is silenced."""

import logging
from types import TracebackType
from typing import Self

import structlog

LIBRARY = "discord"
CONNECTING = "discord.shard"
"""The part of the library that keeps the connection, and tells what is wrong with it in its log alone."""


class Line(logging.Handler):
    """Stands in for the library's log, which may quote what it received: of its errors only the kind is told."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._broken = False

    def __enter__(self) -> Self:
        logger = logging.getLogger(LIBRARY)
        logger.addHandler(self)
        logger.propagate = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger(LIBRARY).removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Tell an operator of an error the library met and goes on after."""
        error = record.exc_info[1] if record.exc_info else None
        if record.name == CONNECTING:
            self.broke(error)
        else:
            structlog.get_logger().error("discord", error=type(error).__name__)

    def broke(self, error: BaseException | None, words: str = "") -> None:
        """Note that Discord did not answer; it is said once until it does.

        Args:
            words: what it looks like, where more is known than that.
        """
        if not self._broken:
            told = words or f"Discord does not answer, trying again: {type(error).__name__}"
            structlog.get_logger().error("discord", trouble=told)
        self._broken = True

    def holds(self) -> None:
        """Note that Discord answers."""
        if self._broken:
            structlog.get_logger().info("discord", trouble="none any more")
        self._broken = False
