"""Recognises danger by the meaning of a text, where there is an encoder."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.bursts import Burst

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.recognition.meaning.likeness import Likeness


class SemanticRecogniser:
    """Recognises danger by meaning; until it is prepared in the background, it recognises none.

    Args:
        encoder: loads the encoder at its first use; if it returns None, nothing is ever recognised.
        folder: the operator's own tables; None for none.
    """

    def __init__(self, encoder: "Callable[[], Awaitable[Encoder | None]]", folder: Path | None = None) -> None:
        self._encoder, self._folder = encoder, folder
        self._likeness: Likeness | None = None
        self._making: asyncio.Task[None] | None = None
        self._looks = Burst(self._look)

    async def is_danger(self, text: str) -> bool:
        """Whether a text may mean that somebody is in danger; False while it is not prepared."""
        if self._likeness is None:
            self._begin()
            return False
        return await self._looks.ask(text)

    async def prepare(self) -> None:
        """Load the encoder and the sentences, and wait for that."""
        await asyncio.shield(self._begin())

    def _look(self, texts: Sequence[str]) -> list[bool]:
        """As `is_danger`, for several texts at once."""
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
            # Danger is still recognised by the tables of phrases.
            structlog.get_logger().error("danger by meaning", error=type(error).__name__)


def _load(encoder: "Encoder", folder: Path | None) -> "Likeness":
    from bot.recognition.meaning.likeness import load_likeness  # noqa: PLC0415 - as above

    return load_likeness(encoder, folder)
