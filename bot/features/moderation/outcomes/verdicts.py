"""The decisions on items of each kind, the status each gives, and their buttons."""

from collections.abc import Mapping

from bot.context import Context
from bot.errors import UserError
from bot.locales.words import OR, Verdict
from bot.ports.reply import Button, Buttons, Weight
from storage.models import Feedback
from storage.vocabulary import Kind, Status

BECOMES: Mapping[Kind, Mapping[Verdict, Status]] = {
    Kind.SUGGESTION: {
        Verdict.REVIEW: Status.UNDER_REVIEW,
        Verdict.PLANNED: Status.PLANNED,
        Verdict.IN_PROGRESS: Status.IN_PROGRESS,
        Verdict.ON_HOLD: Status.ON_HOLD,
        Verdict.DONE: Status.DONE,
        Verdict.NOT_PLANNED: Status.NOT_PLANNED,
        Verdict.EXISTS: Status.EXISTS,
        Verdict.ANSWERED: Status.EXISTS,
    },
    Kind.PROBLEM: {
        Verdict.REVIEW: Status.HANDLED,
        Verdict.PLANNED: Status.HANDLED,
        Verdict.IN_PROGRESS: Status.HANDLED,
        Verdict.DONE: Status.RESOLVED,
        Verdict.NOT_PLANNED: Status.EXPLAINED,
        Verdict.EXISTS: Status.EXPLAINED,
        Verdict.ANSWERED: Status.EXPLAINED,
    },
    Kind.PRAISE: dict.fromkeys(Verdict, Status.READ),
}
"""The status that a decision gives an item of each kind."""

SHOWN: Mapping[Kind, tuple[Verdict, ...]] = {
    Kind.SUGGESTION: (Verdict.PLANNED, Verdict.DONE, Verdict.NOT_PLANNED),
    Kind.PROBLEM: (Verdict.IN_PROGRESS, Verdict.DONE, Verdict.ANSWERED),
    Kind.PRAISE: (Verdict.DONE,),
}
"""The most common decisions, which the item's screen shows."""
MORE: Mapping[Kind, tuple[Verdict, ...]] = {
    Kind.SUGGESTION: (Verdict.REVIEW, Verdict.IN_PROGRESS, Verdict.ON_HOLD, Verdict.EXISTS),
    Kind.PROBLEM: (),
    Kind.PRAISE: (),
}
"""The other decisions, which `/decisions` shows."""
ELSEWHERE = frozenset({Verdict.JOINED, Verdict.NEEDS_MORE})
"""The decisions made by commands of their own, which ask for the other item, or for the question to the author."""
WEIGHTS: Mapping[Status, Weight] = {
    Status.PLANNED: Weight.PRIMARY,
    Status.HANDLED: Weight.PRIMARY,
    Status.DONE: Weight.GOOD,
    Status.RESOLVED: Weight.GOOD,
    Status.READ: Weight.GOOD,
}
"""How much a decision's button stands out; a refusal is plain."""
NOTHING: Mapping[str, str] = {}
NEED_REASON = frozenset({Status.NOT_PLANNED, Status.EXISTS, Status.EXPLAINED})


def status_of(ctx: Context, item: Feedback, verdict: Verdict) -> Status:
    """The status that a decision gives an item.

    Raises:
        UserError: there is no such decision on an item of its kind; the message lists those there are.
    """
    found = BECOMES[item.kind].get(verdict)
    if found is None:
        there = dict.fromkeys(ctx.speech.word(status) for status in BECOMES[item.kind].values())
        words = ctx.speech.say(
            "“{verdict}” is no decision on #{number}; there are: {choices}.",
            verdict=ctx.speech.word(verdict),
            number=item.number,
            choices=OR.join(there),
        )
        raise UserError(words)
    return found


def buttons(ctx: Context, item: Feedback, seen: int, kept: Mapping[str, str] = NOTHING) -> Buttons:
    """The most common decisions on an item, and the button that shows the others.

    Args:
        seen: the id of the item's last decision.
        kept: the arguments that keep the queue's filters.
    """
    shown = tuple(button(ctx, item, verdict, seen, kept) for verdict in SHOWN[item.kind])
    further = Button(ctx.speech.say("More decisions"), "decisions", {"number": str(item.number)})
    return Buttons((*shown, further) if item.kind is not Kind.PRAISE else shown)


def button(ctx: Context, item: Feedback, verdict: Verdict, seen: int, kept: Mapping[str, str] = NOTHING) -> Button:
    """The button of one decision; arguments as for `buttons`."""
    status = BECOMES[item.kind][verdict]
    given = {**kept, "number": str(item.number), "verdict": verdict.value, "seen": str(seen)}
    label = ctx.speech.word(status).capitalize()
    return Button(label, "queue", given, weight=WEIGHTS.get(status, Weight.PLAIN))
