"""Search by meaning in tests. The encoder is loaded once for each process, since that takes a second."""

import functools
from collections.abc import Mapping, Sequence

import pytest

from bot.language.encoding import encoders
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.packing import pack
from bot.language.search.material import Material, Refusal, gather
from bot.language.search.semantic import SemanticIndex

load = functools.cache(encoders.load)


def encoder() -> Encoder:
    """The bundled encoder."""
    found = load(encoders.BUNDLED)
    assert found
    return found


def use(monkeypatch: pytest.MonkeyPatch, choice: str = encoders.BUNDLED) -> None:
    """Make cores opened from now on search by meaning, with the bundled encoder or another one."""
    monkeypatch.setenv("PORTEVOIX_ENCODER", choice)
    monkeypatch.setattr("bot.knowledge.library.load", load)


def index(
    phrasings: Sequence[tuple[int, str]], bodies: Mapping[int, str] | None = None, refusals: Sequence[Refusal] = ()
) -> SemanticIndex:
    """A semantic index of phrasings with their answers' ids, and of the answers' texts."""
    entries = gather(phrasings, bodies or {})
    rows = {entry.answer_id: pack(encoder().encode(entry.spoken())) for entry in entries}
    return SemanticIndex(Material(entries, rows, refusals), encoder(), ("en", "fr"))
