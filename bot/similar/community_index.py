"""The index in memory of a community's open items, with the digests of their words."""

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.bursts import Burst
from storage.items.vectors import OpenItem

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder
    from bot.language.search.alike.meanings import Meanings
    from bot.language.search.alike.near import Alike, Near
    from bot.language.search.alike.wordings import Wordings

SWIFT = 1_000
"""The most items for a search by words in the event loop: it takes less time than passing it to a thread."""
LATELY = 256
"""The most texts that were searched for whose vectors or words are kept, for a minute at most."""


class CommunityIndex:
    """The index of one community: by meaning with an encoder, else by words.

    Attributes:
        digests: by item id, the digest of the indexed words.
        whole: when it last had all items; None before the first time.
        lock: held while it is changed.
    """

    def __init__(self, encoder: "Encoder | None", languages: tuple[str, ...]) -> None:
        self.encoder = encoder
        self.digests: dict[int, str] = {}
        self.whole: datetime | None = None
        self.lock = asyncio.Lock()
        self._lately: dict[str, Any] = {}
        """By digest, the vectors or words of texts that were searched for, since most of these are filed next."""
        self._sought = Burst(self._search_all)
        self._meanings = _meanings(encoder) if encoder else None
        self._wordings = None if encoder else _wordings(languages)

    def changed(self, items: Iterable[OpenItem]) -> list[OpenItem]:
        """Those of these items whose present words are not indexed."""
        return [item for item in items if self.digests.get(item.id) != digest(item.text)]

    def remove(self, ids: Iterable[int]) -> None:
        """Remove items from the index."""
        if gone := [own for own in ids if self.digests.pop(own, None)]:
            self._index.remove(gone)

    def load(self, items: Sequence[OpenItem], stored: Mapping[int, bytes]) -> None:
        """Index items by their stored vectors."""
        import numpy as np  # noqa: PLC0415 - a community without items does not need it

        from bot.language.encoding import packing  # noqa: PLC0415

        if self._meanings is not None and self.encoder and items:
            dimension = self.encoder.dimension
            self._meanings.add(
                [item.id for item in items],
                np.concatenate([packing.load(stored[item.id], dimension).unpack() for item in items]),
            )
            self._note(items)

    def is_quick(self, items: Sequence[OpenItem]) -> bool:
        """Whether items can be indexed in the event loop, since nothing has to be encoded."""
        return self._meanings is None or all(digest(item.text) in self._lately for item in items)

    def add(self, items: Sequence[OpenItem]) -> None:
        """Index items by their words, which are analysed or encoded now, unless they were searched for lately."""
        known = {item.id: found for item in items if (found := self._lately.pop(digest(item.text), None)) is not None}
        for own, found in known.items():
            self._index.take(own, found)
        new = [item for item in items if item.id not in known]
        if new and self._meanings is not None and self.encoder:
            self._meanings.add([item.id for item in new], self.encoder.encode([_core(item.text) for item in new]))
        elif new and self._wordings is not None:
            self._wordings.add({item.id: _core(item.text) for item in new})
        self._note(items)

    def dump(self, ids: Sequence[int]) -> dict[int, tuple[str, bytes]]:
        """The vectors of items to be stored, each with the digest of its words."""
        from bot.language.encoding.packing import pack  # noqa: PLC0415

        if self._meanings is None:
            return {}
        packed = pack(self._meanings.rows(ids))
        return {own: (self.digests[own], packed[at : at + 1].dump()) for at, own in enumerate(ids)}

    async def find(self, text: str, most: int) -> "list[Near]":
        """As `search`, for the event loop: where it takes long, in a thread, together with other searches."""
        if self.encoder is None and len(self.digests) <= SWIFT:
            return self.search(text, most)
        return await self._sought.ask((text, most))

    def search(self, text: str, most: int) -> "list[Near]":
        """The items near to a text, the nearest first."""
        return self._search_all([(text, most)])[0]

    def _search_all(self, sought: Sequence[tuple[str, int]]) -> "list[list[Near]]":
        index = self._index
        found = index.express([_core(text) for text, _ in sought])
        for (text, _), expressed in zip(sought, found, strict=True):
            while len(self._lately) >= LATELY:
                self._lately.pop(next(iter(self._lately)), None)
            self._lately[digest(text)] = expressed
        return index.nearest(found, [most for _, most in sought])

    def forget_searches(self) -> None:
        """Drop what is kept of texts that were searched for and not filed."""
        self._lately.clear()

    @property
    def _index(self) -> "Alike":
        found: Alike | None = self._meanings if self._wordings is None else self._wordings
        if found is None:
            raise ValueError(self.encoder)
        return found

    def _note(self, items: Sequence[OpenItem]) -> None:
        self.digests |= {item.id: digest(item.text) for item in items}


def _meanings(encoder: "Encoder") -> "Meanings":
    # Imported here: it brings numpy, which a community without items does not need.
    from bot.language.search.alike.meanings import Meanings  # noqa: PLC0415

    return Meanings(encoder)


def _wordings(languages: tuple[str, ...]) -> "Wordings":
    from bot.language.search.alike.wordings import Wordings  # noqa: PLC0415 - as above

    return Wordings(languages)


def _core(text: str) -> str:
    """A text without greetings and please."""
    from bot.language.text.frame import unframe  # noqa: PLC0415 - as above

    return unframe(text)


def digest(text: str) -> str:
    """A digest of a text, by which changed texts are noticed."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
