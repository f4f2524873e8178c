"""Recognises follow-up questions: `and on Sunday?`, `et pour les enfants ?`."""

import re
import unicodedata

from bot.language.text.normalise import normalise
from storage.values import frozen

MOST_WORDS = 5
"""The most words of a question that begins like a part of a sentence for it to be a follow-up."""
_LEAD = re.compile(
    r"(?:(?:and|but|or|et|mais|ou)\b[\s,]*)?"
    r"(?:(?:what|how) about\b|same (?:question )?for\b|"
    r"qu['’ ]?en est[ -]il (?=d|pour)|(?:la )?meme (?:question|chose) (?=pour)|quid (?=d))\s*"
    r"|(?:and|but|or|also|et|mais|ou|aussi|sinon)\b[\s,]*"
)
_WHERE = re.compile(r"ou (?:est|sont|etait|sera|se|s|puis|peut|peux|peuvent|dois|doit|faut|trouver?|va|vais|aller|a)\b")
"""The beginning of a French question for a place without its accent; any other `ou` is `or`."""
_FRAGMENT = re.compile(
    r"(?:on|in|at|for|with|without|by|from|to|after|before|during|pour|avec|sans|dans|en|aux?|a|chez|apres|avant|"
    r"pendant|le|la|les)\b"
)


@frozen
class FollowUp:
    """A question that may be a follow-up of the one before.

    Attributes:
        rest: the words that it adds.
        certain: whether it makes no sense on its own.
    """

    rest: str
    certain: bool


def follow_up(text: str) -> FollowUp | None:
    """The follow-up in a question; None when it is complete on its own."""
    plain = normalise(text)
    # Without its accent, `où` reads as `ou`.
    where = unicodedata.normalize("NFC", text.strip().casefold()).startswith("où") or _WHERE.match(plain)
    lead = None if where else _LEAD.match(plain)
    if lead:
        # Accents may have changed the length of the text, not its number of words.
        rest = " ".join(text.split()[len(plain[: lead.end()].split()) :])
        return FollowUp(rest, certain=True) if rest.strip(" ?!.") else None
    if _FRAGMENT.match(plain) and len(plain.split()) <= MOST_WORDS:
        return FollowUp(text.strip(), certain=False)
    return None


def is_returned(text: str) -> bool:
    """Whether a text asks the bot's own question back, such as `and you?`."""
    more = follow_up(text)
    return more is not None and normalise(more.rest).strip(" ?!.") in ("you", "u", "toi", "vous")


def joined(before: str, follow: FollowUp) -> str:
    """A question with the words that a follow-up adds to it."""
    return f"{before.rstrip(' ?!.')} {follow.rest}"
