"""Converts replies to and from JSON, for the outbox and the archive of digests; encrypted where that is needed."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from pydantic import TypeAdapter

from bot.ports.reply import Reply
from storage.traffic.outbox import REPEATED, SEALED

FORMER = {"instead": "edits"}
"""The present names of a reply's attributes, by the names that earlier versions stored."""


class Cipher(Protocol):
    """Encrypts and decrypts bytes; implemented by the installation's keys."""

    def seal(self, plain: bytes, /) -> bytes:
        """Encrypt."""

    def unseal(self, sealed: bytes, /) -> bytes:
        """Decrypt."""


class ReplyCodec:
    """Converts replies to and from JSON.

    Args:
        cipher: encrypts and decrypts replies; None where only plain ones are read and written.
    """

    def __init__(self, cipher: Cipher | None = None) -> None:
        self._adapter: TypeAdapter[Reply] = TypeAdapter(Reply)
        self._cipher = cipher

    def dump(self, reply: Reply, *, sealed: bool = False) -> dict[str, Any]:
        """Convert a reply to JSON.

        Args:
            sealed: whether to encrypt it, so that readers of the table cannot, as where the row tells whom it is for.
        """
        if sealed:
            return {SEALED: self._seal(reply), REPEATED: reply.repeated}
        dumped: dict[str, Any] = self._adapter.dump_python(reply, mode="json")
        return dumped

    def load(self, payload: Mapping[str, Any]) -> Reply:
        """Convert JSON made by `dump` back to the reply.

        Raises:
            pydantic.ValidationError: it was not made by `dump`.
            WrongKey: it was encrypted with another key.
        """
        if SEALED not in payload:
            return self._read(payload)
        opened = self._read(json.loads(self._need_cipher().unseal(b64decode(payload[SEALED]))))
        return replace(opened, repeated=int(payload.get(REPEATED, 0)))

    def rewrite(self, payload: Mapping[str, Any] | None, reply: Reply) -> dict[str, Any]:
        """Convert a reply to JSON that replaces other JSON, encrypted if that is."""
        return self.dump(reply, sealed=SEALED in (payload or {}))

    def _read(self, plain: Mapping[str, Any]) -> Reply:
        return self._adapter.validate_python({FORMER.get(name, name): value for name, value in plain.items()})

    def _seal(self, reply: Reply) -> str:
        return b64encode(self._need_cipher().seal(self._adapter.dump_json(reply))).decode()

    def _need_cipher(self) -> Cipher:
        if self._cipher is None:
            raise ValueError("There is no key to seal or open a reply with.")
        return self._cipher
