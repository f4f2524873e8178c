"""Logs outages and recoveries of the connection to Discord, and silences the library's own log."""

import logging
from types import TracebackType
from typing import Self

import structlog

LIBRARY = "discord"
CONNECTION_LOGGER = "discord.shard"
"""The library's logger for connection errors, which it reports in no other way."""


class ConnectionLog(logging.Handler):
    """Replaces the library's log, which may quote received text: only the types of its errors are logged.

    A context manager: the replacement lasts for its block.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._failing = False

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
        """Log the type of an error that the library logged."""
        error = record.exc_info[1] if record.exc_info else None
        if record.name == CONNECTION_LOGGER:
            self.report_failure(error)
        else:
            structlog.get_logger().error("discord", error=type(error).__name__)

    def report_failure(self, error: BaseException | None, message: str = "") -> None:
        """Log that Discord does not answer, once until `report_recovery`.

        Args:
            message: the text to log, where more is known than the error's type.
        """
        if not self._failing:
            told = message or f"Discord does not answer, trying again: {type(error).__name__}"
            structlog.get_logger().error("discord", trouble=told)
        self._failing = True

    def report_recovery(self) -> None:
        """Log that Discord answers again, if a failure was logged."""
        if self._failing:
            structlog.get_logger().info("discord", trouble="none any more")
        self._failing = False
