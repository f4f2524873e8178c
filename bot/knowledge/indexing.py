"""Reads a community's knowledge, and builds its search index."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from sqlmodel import Session

from bot.knowledge import validity
from storage.answers import knowledge, refusals, vectors
from storage.answers.refusals import Refused
from storage.answers.vectors import Stored
from storage.engine.store import Store
from storage.values import frozen

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.language.search.index import LexicalIndex
    from bot.language.search.material import Entry, Refusal
    from bot.language.search.semantic import SemanticIndex

AT_ONCE = 400
"""The most texts to encode while a question waits; more are encoded in the background."""
STORED_AT_ONCE = 64
"""The most answers whose vectors are stored in one transaction."""

Index: TypeAlias = "LexicalIndex | SemanticIndex"


@frozen
class Texts:
    """A community's knowledge as it is stored.

    Attributes:
        phrasings: the ids of answers that are valid, each with one way of asking for it.
        bodies: by answer id, its text; an empty one if the question is known not to be covered.
        stored: by answer id, its stored vectors.
        until: the instant at which a further answer expires; None for none.
        over: the same pairs as `phrasings`, of expired answers.
    """

    phrasings: Sequence[tuple[int, str]]
    bodies: Mapping[int, str]
    refused: Sequence[Refused] = ()
    stored: Mapping[int, Stored] | None = None
    until: datetime | None = None
    over: Sequence[tuple[int, str]] = ()


def read(session: Session, community_id: int, encoder: "Encoder | None", now: datetime) -> Texts:
    """Read the knowledge of a community, divided into valid and expired answers, with the vectors of an encoder."""
    term = validity.read(session, community_id, now)
    every = knowledge.phrasings(session, community_id)
    phrasings = [(own, text) for own, text in every if own not in term.expired]
    over = [(own, text) for own, text in every if own in term.expired]
    stored = vectors.known(session, community_id, encoder.id) if encoder else None
    refused = refusals.newest(session, community_id)
    return Texts(phrasings, knowledge.bodies(session, community_id), refused, stored, term.next_expiry, over)


def build_lexical(texts: Texts, languages: tuple[str, ...]) -> "LexicalIndex":
    """Build the index that compares by words alone."""
    # Imported here: it takes a second, which commands without a search should not wait for.
    from bot.language.search.index import LexicalIndex  # noqa: PLC0415

    covered = [(own, text) for own, text in texts.phrasings if texts.bodies.get(own)]
    return LexicalIndex(covered, languages, refused(texts))


def build_former(texts: Texts, languages: tuple[str, ...]) -> "LexicalIndex | None":
    """Build the index of the expired answers, by words alone; None when there are none."""
    return build_lexical(replace(texts, phrasings=texts.over), languages) if texts.over else None


class Indexing:
    """Builds the index that compares by meaning; texts without vectors are encoded and their vectors stored."""

    def __init__(self, texts: Texts, encoder: "Encoder", languages: tuple[str, ...]) -> None:
        from bot.language.search.material import gather  # noqa: PLC0415 - it brings numpy

        self._texts, self._encoder, self._languages = texts, encoder, languages
        self._entries = gather([(own, text) for own, text in texts.phrasings if texts.bodies.get(own)], texts.bodies)
        self._stored = dict(texts.stored or {})
        self._digests = {entry.answer_id: _digest(entry.spoken()) for entry in self._entries}
        self._missing = [entry for entry in self._entries if not self._is_stored(entry)]

    def is_quick(self) -> bool:
        """Whether so little has to be encoded that a question may wait for it."""
        return sum(len(entry.spoken()) for entry in self._missing) <= AT_ONCE

    async def encode(self, store: Store) -> None:
        """Encode the texts without vectors, and store these."""
        waiting = iter(self._missing)
        while some := list(islice(waiting, STORED_AT_ONCE)):
            found = await asyncio.to_thread(self._encode, some)
            self._stored.update(found)
            await store.write(partial(_keep, encoder=self._encoder.id, found=found))

    def build(self) -> "SemanticIndex":
        """Build the index; `encode` must have been run."""
        from bot.language.encoding.packing import load  # noqa: PLC0415
        from bot.language.search.material import Material  # noqa: PLC0415 - as above
        from bot.language.search.semantic import SemanticIndex  # noqa: PLC0415

        rows = {
            entry.answer_id: load(self._stored[entry.answer_id].rows, self._encoder.dimension)
            for entry in self._entries
        }
        return SemanticIndex(Material(self._entries, rows, refused(self._texts)), self._encoder, self._languages)

    def _is_stored(self, entry: "Entry") -> bool:
        stored = self._stored.get(entry.answer_id)
        return stored is not None and stored.digest == self._digests[entry.answer_id]

    def _encode(self, entries: "Sequence[Entry]") -> dict[int, Stored]:
        from bot.language.encoding.packing import pack  # noqa: PLC0415 - as above

        spoken = [entry.spoken() for entry in entries]
        rows = pack(self._encoder.encode([text for texts in spoken for text in texts]))
        found, at = {}, 0
        for entry, texts in zip(entries, spoken, strict=True):
            own = rows[at : at + len(texts)]
            found[entry.answer_id] = Stored(self._digests[entry.answer_id], own.dump())
            at += len(texts)
        return found


def refused(texts: Texts) -> "list[Refusal]":
    """The answers refused for questions, and the questions known not to be covered."""
    from bot.language.search.material import Refusal  # noqa: PLC0415 - it brings numpy

    uncovered = (Refusal(text) for own, text in texts.phrasings if not texts.bodies.get(own))
    return [*uncovered, *(Refusal(one.text, one.answer_id, one.newest) for one in texts.refused)]


def _keep(session: Session, encoder: str, found: Mapping[int, Stored]) -> None:
    vectors.keep(session, encoder, found)


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:32]
