"""Parses a decision typed for several items, as in `12, 15 and 18 planned`."""

import re

from bot.commands.arguments import take_choice
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.outcomes.verdicts import ELSEWHERE
from bot.locales.words import OR, Verdict
from storage.values import frozen

MOST = 25
"""The largest number of items to decide on at once."""
_SEVERAL = re.compile(
    r"\s*(?P<numbers>(?:(?:#|n[°º]\s?)?\d{1,9}\b\s*(?:[,;&+]\s*|(?:and|et)\b\s*)*)+)(?P<rest>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
_PAIR = re.compile(r"(\d{1,9}):(-?\d{1,10})", re.ASCII)


@frozen
class Several:
    """A decision typed for several items.

    Attributes:
        numbers: the items.
        verdict: the decision; None when none was named.
        reason: the words after it; empty for none.
    """

    numbers: tuple[int, ...]
    verdict: Verdict | None
    reason: str


def read(ctx: Context, number: int | None, words: str | None) -> Several | None:
    """Parse a decision on several items; None when there are fewer than two numbers.

    Args:
        number: the first number, if it was parsed already.
        words: the text that follows it.

    Raises:
        UserError: what follows the numbers is no decision on several items, or there are too many of them.
    """
    found = _SEVERAL.match(f"{number or ''} {words or ''}")
    numbers = _numbers(found)
    if found is None or len(numbers) < 2:
        return None
    if len(numbers) > MOST:
        raise UserError(ctx.speech.say("At most {n} at once.", n=MOST))
    verdict, reason = take_choice(Verdict, found["rest"], ctx.core.understood(ctx.community))
    if verdict in ELSEWHERE:
        raise UserError(ctx.speech.say("Joining and asking are done one at a time."))
    if verdict is None and reason.strip():
        choices = OR.join(ctx.speech.word(choice) for choice in Verdict if choice not in ELSEWHERE)
        text = reason.strip()[:40]
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=text, choices=choices))
    return Several(numbers, verdict, reason.strip())


def read_one(words: str) -> int | None:
    """The only number at the beginning of a text; None for none or several."""
    numbers = _numbers(_SEVERAL.match(words))
    return numbers[0] if len(numbers) == 1 else None


def _numbers(found: re.Match[str] | None) -> tuple[int, ...]:
    """The distinct numbers of a match, in order."""
    return tuple(dict.fromkeys(int(one) for one in re.findall(r"\d+", found["numbers"]))) if found else ()


def pairs(chosen: str) -> list[tuple[int, int]]:
    """Parse a button's argument of pairs of an item's number and an id, such as `12:45 15:0`."""
    return [(int(number), int(own)) for number, own in _PAIR.findall(chosen)[:MOST]]
