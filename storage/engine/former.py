"""Secrets kept of an installation's former keys, so that keyed marks stay valid after the key is replaced.

A mark is a one-way digest, so it cannot be computed again under a new key; the stored mark is marked once more instead
(`Keys.renew`). A mark computed later goes through the same stages, which need secrets derived from the former keys.
These are stored sealed with the present key. They open no database, and a former key alone computes no current mark.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Former:
    """The secrets of the keys before the present one. Never printed: `repr` hides them.

    Attributes:
        first: the pseudorandom key (HKDF-Extract) of the first key, which derives the keys of the first stage.
        renewals: the keys of the stages after it, one for each later key that was replaced.
        since: when the present key replaced them; aware, UTC.
    """

    first: bytes
    renewals: tuple[bytes, ...]
    since: datetime

    def __repr__(self) -> str:
        return "Former(hidden)"

    def derive(self, purpose: bytes) -> bytes:
        """The key for a purpose, as the first key derived it."""
        return HKDFExpand(SHA256(), SECRET_BYTES, purpose).derive(self.first)

    def dump(self) -> bytes:
        """Serialise these secrets as JSON, to be sealed."""
        secrets = [one.hex() for one in (self.first, *self.renewals)]
        return json.dumps({"since": self.since.isoformat(), "secrets": secrets}).encode()

    @classmethod
    def load(cls, dumped: bytes) -> "Former":
        """Parse what `dump` returned."""
        read = json.loads(dumped)
        first, *renewals = (bytes.fromhex(one) for one in read["secrets"])
        return cls(first, tuple(renewals), datetime.fromisoformat(read["since"]))


def extract(root: bytes) -> bytes:
    """The pseudorandom key that HKDF extracts from a key without a salt."""
    return hmac.digest(bytes(SECRET_BYTES), root, "sha256")
