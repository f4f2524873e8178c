"""The search by meaning in tests: its encoder is loaded once a process, since that takes a second."""

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
    """Let what is opened next search by meaning, by the bundled encoder or another one."""
    monkeypatch.setenv("PORTEVOIX_ENCODER", choice)
    monkeypatch.setattr("bot.knowledge.library.load", load)


def index(
    phrasings: Sequence[tuple[int, str]], bodies: Mapping[int, str] | None = None, refusals: Sequence[Refusal] = ()
) -> SemanticIndex:
    """An index of phrasings, by answer, and the answers' texts."""
    entries = gather(phrasings, bodies or {})
    rows = {entry.answer_id: pack(encoder().encode(entry.spoken())) for entry in entries}
    return SemanticIndex(Material(entries, rows, refusals), encoder(), ("en", "fr"))
