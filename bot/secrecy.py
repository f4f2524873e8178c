"""Keeps secrets out of the log, also when an error message quotes them cut, escaped, encoded or split."""

import base64
import html
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.settings.config import Settings

LEFT_OUT = "(left out: it quotes a secret)"
WINDOW = 12
"""Consecutive characters of a secret that count as quoting it."""
SHORTEST = 6
"""Characters of the shortest secret that is looked for: a shorter one would be found everywhere."""
_PASSWORD = re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+@")
_TOKEN = re.compile(r"\b\d{5,}(?::|%3A|\\u003a)[\w-]{20,}", re.IGNORECASE)
"""What looks like a token of Telegram's, also one of another bot."""
_CODE = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", re.IGNORECASE)
_OTHERS = re.compile(r"[^0-9a-z]")


class SecretFilter:
    """Hides secrets in texts. As a processor of the log it hides them in everything that is logged.

    Args:
        secrets: the secrets; empty ones are passed over.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST}
        self._whole = sorted(known, key=len, reverse=True)
        folded = [_fold(form) for secret in known for form in _forms(secret)]
        self._parts = {one[start : start + WINDOW] for one in folded for start in range(len(one) - WINDOW + 1)}

    def __call__(self, _: object, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        """Hide secrets in an entry of the log."""
        return {name: self.mask(value) for name, value in event.items()}

    def mask(self, value: Any) -> Any:
        """A value, with secrets hidden in every text in it."""
        match value:
            case str():
                return self.hide(value)
            case bytes():
                return self.hide(value.decode("utf-8", "replace"))
            case Mapping():
                return {name: self.mask(inner) for name, inner in value.items()}
            case list() | tuple():
                return [self.mask(inner) for inner in value]
            case BaseException():
                return self.hide(repr(value))
            case _:
                return value

    def hide(self, text: str) -> str:
        """A text without secrets: one quoted verbatim becomes `***`; if one is quoted otherwise, all is left out."""
        for secret in self._whole:
            text = text.replace(secret, "***")
        text = _TOKEN.sub("***", _PASSWORD.sub("***@", text))
        return LEFT_OUT if any(self._quotes(form) for form in (text, _decode(text))) else text

    def _quotes(self, text: str) -> bool:
        folded = _fold(text)
        return any(folded[start : start + WINDOW] in self._parts for start in range(len(folded) - WINDOW + 1))


def secrets_of(settings: Settings) -> Iterator[str]:
    """The secrets in the settings: tokens, without the bot's number, and the passwords in addresses."""
    for token in (settings.telegram.token, settings.telegram.webhook_secret, settings.discord.token):
        if token is not None:
            yield token.get_secret_value().strip().partition(":")[2] or token.get_secret_value().strip()
    for address in (settings.database, settings.telegram.proxy, settings.discord.proxy):
        password = urlsplit(address or "").password
        if password:
            yield from (password, unquote(password))


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may be encoded: verbatim, in hexadecimal, and in base64 at each offset within three bytes."""
    raw = secret.encode()
    yield secret
    yield raw.hex()
    for lead in range(3):
        # The first and the last character also depend on the bytes beside the secret.
        yield base64.b64encode(bytes(lead) + raw).decode().rstrip("=")[lead and lead + 1 : -1]


def _decode(text: str) -> str:
    """A text without the escapes of JSON, of addresses and of web pages."""
    plain = _CODE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return html.unescape(unquote(plain))


def _fold(text: str) -> str:
    return _OTHERS.sub("", text.lower())
