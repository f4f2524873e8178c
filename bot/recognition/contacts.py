"""Finds and masks contact and payment data: e-mail addresses, phone numbers, IBANs and payment card numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.recognition import addresses, phones

DEFAULT_REGIONS = ("FR", "GB", "US", "BE", "CH", "CA")
"""The regions whose national phone numbers are found; international ones are found everywhere."""


class ContactKind(StrEnum):
    """The kind of a contact."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CARD = "card"


class Contact(NamedTuple):
    """The start and end of a contact in a text, and its kind."""

    start: int
    stop: int
    kind: ContactKind


MASKS = {
    ContactKind.EMAIL: "…@…",
    ContactKind.PHONE: "••••",
    ContactKind.IBAN: "••••",
    ContactKind.CARD: "••••",
}
"""By kind, the mask that replaces a contact."""
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"(?:\d[^\w\n]{0,3}){6}\d")
"""Seven digits with little between them, as every phone number, IBAN and card number has."""
_URL = re.compile(r"(?:\w+://|www\.)\S+")
_MENTION = re.compile(r"<[@#:a-z][^>\s]*>")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?:[ .-]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w.,#+-])[2-6](?:[ -]?[0-9]){11,18}(?![\w#]|[-.,][0-9])")
_CARD_PREFIX = re.compile(
    r"4(?=(?:\d{12}|\d{15}|\d{18})$)|(?:5[1-5]|2[2-7]|6[025])(?=\d{14}$)|3[47](?=\d{13}$)|35(?=\d{14}$)"
    r"|(?:50[1-3]|5893|6304|67|62)(?=\d{12,17}$)"
)
"""Visa, Mastercard and Discover, American Express, JCB, Maestro and UnionPay."""
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013", "-"))


def find_contacts(text: str, regions: Sequence[str] = DEFAULT_REGIONS) -> tuple[Contact, ...]:
    """The contacts in a text, in order, without overlaps.

    Numbers in links and mentions are no contacts, nor are references ("order 0612345678").

    Args:
        regions: the regions, as two letters, whose national phone numbers are found.
    """
    plain = text.translate(_SPACES)
    found = [Contact(start, stop, ContactKind.EMAIL) for start, stop in addresses.find_addresses(plain)]
    # A cheap check first, since most texts have no digit.
    if _DIGIT.search(plain) and _LONG.search(phones.read_zeros(plain)):
        found += _find_numbers(_blank(plain, (contact[:2] for contact in found)), regions)
    return tuple(sorted(found))


def mask(text: str, regions: Sequence[str] = DEFAULT_REGIONS) -> str:
    """A text with each of its contacts replaced by a mask, which shows no character of them."""
    while found := find_contacts(text, regions):
        for contact in reversed(found):
            text = text[: contact.start] + MASKS[contact.kind] + text[contact.stop :]
    return text


def _find_numbers(text: str, regions: Sequence[str]) -> Iterator[Contact]:
    """The contacts made of digits; each kind is searched for in what the kinds before it left."""
    text = _blank(text, (hit.span() for look in (_URL, _MENTION) for hit in look.finditer(text)))
    for kind, find in ((ContactKind.IBAN, _find_ibans), (ContactKind.CARD, _find_cards)):
        spans = tuple(find(text))
        yield from (Contact(start, stop, kind) for start, stop in spans)
        text = _blank(text, spans)
    for start, stop in phones.find_phones(text, regions):
        yield Contact(start, stop, ContactKind.PHONE)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text of the same length, with these spans replaced by a character that is in no contact."""
    for start, stop in spans:
        text = text[:start] + "\u2022" * (stop - start) + text[stop:]
    return text


def _find_ibans(text: str) -> Iterator[tuple[int, int]]:
    # Imported here, as phonenumbers is: most texts have no long number.
    from stdnum import iban  # noqa: PLC0415

    for hit in _IBAN.finditer(text):
        # A word may follow the number: only the right length of a country satisfies its check digits and format.
        for stop in range(hit.end(), hit.start() + 14, -1):
            if text[stop - 1].isalnum() and iban.is_valid(text[hit.start() : stop], check_country=False):
                yield hit.start(), stop
                break


def _find_cards(text: str) -> Iterator[tuple[int, int]]:
    from stdnum import luhn  # noqa: PLC0415

    for hit in _CARD.finditer(text):
        digits = re.sub(r"\D", "", hit[0])
        if _CARD_PREFIX.match(digits) and luhn.is_valid(digits):
            yield hit.span()
