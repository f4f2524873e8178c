"""Tells by the meaning of a text whether it may be about danger, where there is an encoder."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.bursts import Burst

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.recognition.meaning.likeness import Likeness


class Hunch:
    """Recognises danger by meaning; knows of none until what it needs was made in the background.

    Args:
        encoder: loads the encoder at its first use; None stands for words alone, by which there is no hunch.
        folder: the operator's own tables.
    """

    def __init__(self, encoder: "Callable[[], Awaitable[Encoder | None]]", folder: Path | None = None) -> None:
        self._encoder, self._folder = encoder, folder
        self._likeness: Likeness | None = None
        self._making: asyncio.Task[None] | None = None
        self._looks = Burst(self._look)

    async def is_danger(self, text: str) -> bool:
        """Whether a text may mean that somebody is in danger; False while that cannot be told yet."""
        if self._likeness is None:
            self._begin()
            return False
        return await self._looks.ask(text)

    async def prepare(self) -> None:
        """Wait until it can tell."""
        await asyncio.shield(self._begin())

    def _look(self, texts: Sequence[str]) -> list[bool]:
        """As `is_danger`, of texts that came at nearly the same time."""
        from bot.recognition.meaning.likeness import THRESHOLD  # noqa: PLC0415 - it brings numpy

        measured = self._likeness.measure_all(texts) if self._likeness else ()
        return [bool(one >= THRESHOLD) for one in measured]

    def _begin(self) -> asyncio.Task[None]:
        if self._making is None:
            self._making = asyncio.create_task(self._make())
        return self._making

    async def _make(self) -> None:
        try:
            encoder = await self._encoder()
            if encoder is not None:
                self._likeness = await asyncio.to_thread(_load, encoder, self._folder)
        except Exception as error:
            # The tables of phrases go on recognising danger.
            structlog.get_logger().error("hunch", error=type(error).__name__)


def _load(encoder: "Encoder", folder: Path | None) -> "Likeness":
    from bot.recognition.meaning.likeness import load_likeness  # noqa: PLC0415 - as above

    return load_likeness(encoder, folder)
