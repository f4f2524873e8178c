"""The key file, and what is computed with it: derived keys, keyed marks, signatures and encrypted addresses."""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.engine.errors import StoreError, WrongKey
from storage.engine.former import Former, extract

KEY_BYTES = 32
PADDED, UNPADDED = b"\x02", b"\x01"
"""The first byte of a value sealed with AES-GCM, with padding or (by earlier versions) without. Still older values are
Fernet tokens, which begin with a letter and contain the second they were made in."""
BLOCK_BYTES = 512
"""Sealed values are padded to a multiple of this, since their length would reveal the platform of an address."""
END = b"\x80"
"""The byte between the sealed text and its padding."""
NONCE_BYTES = 12
RENEWAL = b"portevoix renewed mark"
"""The purpose (of key derivation) of the key that marks a former key's mark again."""
MOST_BYTES = 1024
"""The most bytes read of a key file: a valid one is shorter, and any other file may be very large."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The secrets of one installation. Never printed: `repr` hides them.

    Attributes:
        root: the 32 bytes of the key file, given to SQLCipher as a raw key.
        former: secrets of the keys before it; None while the installation has its first key.
    """

    root: bytes
    former: Former | None = None
    _keys: dict[bytes, bytes] = field(default_factory=dict, compare=False)
    """A cache of derived keys by purpose: each message needs two or three."""
    _hmacs: dict[bytes, hmac.HMAC] = field(default_factory=dict, compare=False)
    _ciphers: list[AESGCM] = field(default_factory=list, compare=False)

    def __repr__(self) -> str:
        return "Keys(hidden)"

    def mark(self, community_id: int, member_id: int, month: str = "") -> str:
        """A keyed mark (HMAC-SHA-256, hex) that identifies a nameless author within one community and month.

        Args:
            month: such as `2026-03`; empty for the mark that earlier versions used, which is the same in all months.
        """
        return self._mark(
            b"portevoix nameless mark", ":".join(filter(None, (str(community_id), str(member_id), month)))
        )

    def holder(self, thing: str, account: str) -> str:
        """A keyed mark (HMAC-SHA-256, hex) of the account a button or a prompt belongs to.

        Args:
            thing: what belongs to the account; marks of one account for different things cannot be linked.
            account: the platform and account id, such as `discord:42`.
        """
        return self._mark(b"portevoix holder", f"{thing}\n{account}")

    def fingerprint(self, text: str) -> str:
        """A keyed mark (HMAC-SHA-256, hex) of a text: without the key, a guessed text cannot be checked against it."""
        return self._mark(b"portevoix source", text)

    def first_fingerprint(self, text: str) -> str:
        """The fingerprint by the installation's first key, for a value that is marked again before it is stored."""
        return self._stages(b"portevoix source", text)[0]

    def first_holder(self, thing: str, account: str) -> str:
        """The mark of `holder` by the installation's first key, to find rows in databases with an earlier key."""
        return self._stages(b"portevoix holder", f"{thing}\n{account}")[0]

    def renew(self, mark: str) -> str:
        """The mark under this key that replaces a mark made under the previous key."""
        return self._keyed(self._derive, RENEWAL, mark)

    def succeed(self, old: "Keys", now: datetime) -> "Keys":
        """These keys as the successors of others: their marks continue those of the old keys (`renew`)."""
        if old.former is None:
            return Keys(self.root, Former(extract(old.root), (), now))
        renewals = (*old.former.renewals, old._derive(RENEWAL))
        return Keys(self.root, Former(old.former.first, renewals, now))

    def sign(self, text: str) -> str:
        """A signature of a text (keyed BLAKE2b of 72 bits, URL-safe Base64: 12 characters)."""
        key = self._derive(b"portevoix signature")
        made = hashlib.blake2b(text.encode(errors="replace"), digest_size=9, key=key).digest()
        return base64.urlsafe_b64encode(made).decode()

    def signed(self, text: str, signature: str) -> bool:
        """Whether a signature is valid for a text; compared in constant time."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode(errors="replace"))

    def seal(self, address: bytes) -> bytes:
        """Encrypt an address (AES-256-GCM, random nonce, padded, so that its length does not show)."""
        nonce = os.urandom(NONCE_BYTES)
        return PADDED + nonce + self._cipher().encrypt(nonce, _pad(address), None)

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt a sealed address.

        Raises:
            WrongKey: it was sealed with another key, or changed.
        """
        try:
            if not sealed.startswith((PADDED, UNPADDED)):
                return self._fernet().decrypt(sealed)
            opened = self._cipher().decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], None)
            return _unpad(opened) if sealed.startswith(PADDED) else opened
        except (InvalidToken, InvalidTag, ValueError) as error:
            raise WrongKey("This sealed address was made with another key.") from error

    def _mark(self, purpose: bytes, text: str) -> str:
        return self._stages(purpose, text)[-1]

    def _stages(self, purpose: bytes, text: str) -> list[str]:
        """The mark of a text by the first key, then marked again by each later key; the last one is in use."""
        if self.former is None:
            return [self._keyed(self._derive, purpose, text)]
        stages = [self._keyed(self.former.derive, purpose, text)]
        for key in self.former.renewals:
            stages.append(hmac.digest(key, stages[-1].encode(), "sha256").hex())
        return [*stages, self.renew(stages[-1])]

    def _keyed(self, derive: Callable[[bytes], bytes], purpose: bytes, text: str) -> str:
        if purpose not in self._hmacs:
            self._hmacs[purpose] = hmac.new(derive(purpose), digestmod=hashlib.sha256)
        # A copy of a prepared HMAC: `hmac.digest` releases the interpreter's lock for a microsecond of work.
        made = self._hmacs[purpose].copy()
        made.update(text.encode(errors="replace"))
        return made.hexdigest()

    def _cipher(self) -> AESGCM:
        if not self._ciphers:
            self._ciphers.append(AESGCM(self._derive(b"portevoix sealed address, AES-GCM")))
        return self._ciphers[0]

    def _fernet(self) -> Fernet:
        """The cipher of addresses sealed before AES-GCM was used; only for decryption."""
        return Fernet(base64.urlsafe_b64encode(self._derive(b"portevoix sealed address")))

    def _derive(self, purpose: bytes) -> bytes:
        """The key for a purpose, derived from the root with HKDF."""
        if purpose not in self._keys:
            self._keys[purpose] = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(self.root)
        return self._keys[purpose]


def _pad(text: bytes) -> bytes:
    """Pad to a multiple of `BLOCK_BYTES` as ISO/IEC 7816-4 does: a byte 0x80, then zeros."""
    return text + END + bytes(-(len(text) + len(END)) % BLOCK_BYTES)


def _unpad(padded: bytes) -> bytes:
    return padded.rstrip(b"\0").removesuffix(END)


def load(path: Path) -> Keys:
    """Read a key file: 64 hexadecimal digits, or 32 raw bytes.

    Raises:
        WrongKey: the file is missing, unreadable or holds something else.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
    except FileNotFoundError as error:
        raise WrongKey(
            f"The key {path} is missing: put it back, or set PORTEVOIX_KEY_FILE. Without its key a database is lost."
        ) from error
    except OSError as error:
        raise WrongKey(f"The key {path} cannot be read ({error.strerror}): check PORTEVOIX_KEY_FILE.") from error
    if len(content) == KEY_BYTES:
        return Keys(content)
    with contextlib.suppress(ValueError):
        root = bytes.fromhex(content.decode("ascii", errors="replace").strip())
        if len(root) == KEY_BYTES:
            return Keys(root)
    raise WrongKey(f"{path} is not a key: it must hold 64 hexadecimal digits. Check PORTEVOIX_KEY_FILE.")


def create(path: Path) -> Keys:
    """Write a new random key to a file only its owner can read, and return it; an existing file is read instead.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_hex(KEY_BYTES) + "\n")
    except OSError as error:
        raise StoreError(f"No key can be written at {path} ({error.strerror}): set PORTEVOIX_KEY_FILE.") from error
    return load(path)


def keep(path: Path, keys: Keys) -> None:
    """Write a key to a file only its owner can read; an existing file is left as it is.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        _write_once(path, f"{keys.root.hex()}\n")
    except OSError as error:
        raise StoreError(f"No key can be written at {path} ({error.strerror}): set PORTEVOIX_KEY_FILE.") from error


def _write_once(path: Path, text: str) -> None:
    """Create a file atomically: written and flushed under another name, then linked; an existing file is kept."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush a folder to disk, so that a new file in it survives a power cut: a lost key file is a lost database."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
