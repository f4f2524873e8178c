"""Finds phone numbers in a text, but not dates, versions, references and public service lines."""

import re
from collections.abc import Iterator, Sequence

_CANDIDATE = re.compile(r"(?<![\w.,:/#-])(?:\+|\()?\d(?:[\s().\-/]{0,3}\d){6,16}(?!\w|[:.,/-]\d)")
_ZERO = re.compile(r"(?<!\w)(?:(?=[oO]*\d)[\doO]+|(?<=\d[ .-])[oO]{2})(?!\w)")
"""A group of digits, some of them typed as the letter o."""
_LETTERS = str.maketrans("oO", "00")
_UNBROKEN = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(?:[0-3]?\d([ ./-])[01]?\d\1(?:19|20)\d\d|(?:19|20)\d\d([ ./-])[01]\d\2[0-3]\d)(?!\d)")
_LONE_DIGIT = re.compile(r"(?<!\d)[2-9](?!\d)|(?<=[ .-])[01](?!\d)")
"""A group of one digit, as in versions and ISBNs, but not in national phone numbers."""
_REFERENCE = re.compile(
    r"(?:\b(?:order|ticket|ref|reference|invoice|tracking|parcel|serial|isbn|siret|siren|commande|dossier|facture|colis|suivi|"
    r"réf|référence|contrat|contract|client|customer|account|compte|adhérent|member|membre|badge|transaction|issue|case|id|"
    r"article|code)\b[ .:#]*(?:number|numéro|no|nr|n°|id|is|est)?|n°|nº|#|№)[ .:#]*$",
    re.IGNORECASE,
)
"""Words before a number that make it a reference."""
_CALL = re.compile(
    r"\b(?:call|phone|tel|tél|téléphone|mobile|cell|text|sms|whatsapp|signal|ring|reach|appel\w*|portable|joindre|joignable|fixe|"
    r"contact\w*)\b[^.!?\n\d]{0,30}$",
    re.IGNORECASE,
)
"""Words before an unbroken number without a leading zero that make it a phone number."""


def find_phones(text: str, regions: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The start and end of each phone number in a text."""
    text = read_zeros(text)
    for hit in _CANDIDATE.finditer(text):
        if _possible(text, hit.start(), hit[0]):
            yield from ((hit.start() + start, hit.start() + stop) for start, stop in _match(hit[0], regions))


def read_zeros(text: str) -> str:
    """A text with the digit zero where the letter o was typed in a number (`o6 12`)."""
    return _ZERO.sub(lambda hit: hit[0].translate(_LETTERS), text)


def _possible(text: str, start: int, number: str) -> bool:
    """Whether a long number may be a phone number, by its form and by the words before it."""
    if number.startswith(("+", "00")):
        return True
    before = text[max(0, start - 60) : start]
    if _REFERENCE.search(before) or _DATE.search(number):
        return False
    if _UNBROKEN.fullmatch(number):
        return number.startswith("0") or _CALL.search(before) is not None
    return not _LONE_DIGIT.search(number.removeprefix("(0)"))


def _match(number: str, regions: Sequence[str]) -> list[tuple[int, int]]:
    """The phone numbers of the first region that finds one in a candidate; without regions, international ones."""
    # Imported here: it takes 5 MiB and 40 ms, and most texts have no long number.
    from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType, number_type  # noqa: PLC0415

    public = (PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN)
    # Without a leading zero a number has to be grouped as in its country, or amounts would be found.
    leniency = Leniency.VALID if number[0] in "+0(" else Leniency.STRICT_GROUPING
    for region in regions or (None,):
        found = list(PhoneNumberMatcher(number, region, leniency=leniency))
        if found:
            return [(one.start, one.end) for one in found if number_type(one.number) not in public]
    return []
