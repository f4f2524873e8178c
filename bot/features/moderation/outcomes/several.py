"""Reads what is typed about several items: their numbers, and the decision on all of them."""

import re

from bot.commands.arguments import take_choice
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.outcomes.verdicts import ELSEWHERE
from bot.locales.words import OR, Verdict
from storage.values import frozen

MOST = 25
"""Items decided on at once."""
_SEVERAL = re.compile(
    r"\s*(?P<numbers>(?:(?:#|n[°º]\s?)?\d{1,9}\b\s*(?:[,;&+]\s*|(?:and|et)\b\s*)*)+)(?P<rest>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
_PAIR = re.compile(r"(\d{1,9}):(-?\d{1,10})", re.ASCII)


@frozen
class Several:
    """What was typed about several items.

    Attributes:
        verdict: None when none was named.
        reason: the words after it, or empty.
    """

    numbers: tuple[int, ...]
    verdict: Verdict | None
    reason: str


def read(ctx: Context, number: int | None, words: str | None) -> Several | None:
    """What is typed about several items, as in `12, 15 and 18 planned`; None when it is about one or none.

    Args:
        number: the first of them, if it was read already.
        words: what follows it.

    Raises:
        UserError: what follows the numbers is no decision on several, or these are too many.
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
    """The only number that words begin with; None where there are none or several."""
    numbers = _numbers(_SEVERAL.match(words))
    return numbers[0] if len(numbers) == 1 else None


def _numbers(found: re.Match[str] | None) -> tuple[int, ...]:
    """The numbers that words begin with, each once."""
    return tuple(dict.fromkeys(int(one) for one in re.findall(r"\d+", found["numbers"]))) if found else ()


def pairs(chosen: str) -> list[tuple[int, int]]:
    """The pairs of a number and an id in the argument of a button, such as `12:45 15:0`."""
    return [(int(number), int(own)) for number, own in _PAIR.findall(chosen)[:MOST]]
