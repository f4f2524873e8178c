"""What an installation keeps of the keys it had before, so that keyed marks go on standing for whom they stood for.

A mark cannot be read, so a new key cannot make it anew; it is marked once more instead (`Keys.renew`). A mark computed
later goes through the same stages, for which secrets derived from the former keys are needed. They are stored sealed
with the present key. They open no database, and a former key alone computes no mark that is in use.
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
        since: when the present key took their place; aware, UTC.
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
        """These secrets as JSON, to be sealed."""
        secrets = [one.hex() for one in (self.first, *self.renewals)]
        return json.dumps({"since": self.since.isoformat(), "secrets": secrets}).encode()

    @classmethod
    def load(cls, dumped: bytes) -> "Former":
        """What `dump` returned, read."""
        read = json.loads(dumped)
        first, *renewals = (bytes.fromhex(one) for one in read["secrets"])
        return cls(first, tuple(renewals), datetime.fromisoformat(read["since"]))


def extract(root: bytes) -> bytes:
    """The pseudorandom key that HKDF extracts from a key without a salt."""
    return hmac.digest(bytes(SECRET_BYTES), root, "sha256")
