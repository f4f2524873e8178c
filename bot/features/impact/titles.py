"""Words the changes made because of the community, without what could reveal a nameless author."""

from bot.feedback.audience.suppression import quotable
from bot.feedback.items import title
from bot.impact.changes import Change, Changes
from bot.locales.speech import Speech
from storage.values import frozen

MOST, LONGEST, QUOTED = 6, 70, 140
"""The largest numbers of changes, of characters of a title, and of characters of a quote."""


@frozen
class Told:
    """A change in words: the item's number, title and status."""

    number: str
    title: str
    status: str


@frozen
class Brought:
    """What a report says besides the figures.

    Attributes:
        changes: the changes, those with the most supporters first.
        others: how many more changes there are, in words; empty for none.
        praise: praise that its authors allow to quote, without their names.
    """

    changes: tuple[Told, ...]
    others: str
    praise: tuple[Told, ...]


def brought(changes: Changes, speech: Speech) -> Brought:
    """The changes, and the praise that may be quoted, in words."""
    praise = tuple(Told(f"#{one.number}", title(one, QUOTED), "") for one in changes.praise)
    return Brought(_told(changes, speech), _others(changes, speech), praise)


def _told(changes: Changes, speech: Speech) -> tuple[Told, ...]:
    return tuple(
        Told(f"#{one.item.number}", _title(one, changes, speech), speech.word(one.item.status))
        for one in changes.shown[:MOST]
    )


def _others(changes: Changes, speech: Speech) -> str:
    """The sentence on how many more changes there are; empty for none."""
    more, hidden = max(len(changes.shown) - MOST, 0), changes.hidden
    said = [speech.count("{n} more.", "{n} more.", more)] if more else []
    hid = speech.count("{n} that only the team sees.", "{n} that only the team sees.", hidden) if hidden else ""
    return " ".join((*said, *([hid] if hid else [])))


def _title(one: Change, changes: Changes, speech: Speech) -> str:
    """An item's title; only its kind if it was edited after the decision, or may not be quoted."""
    if one.edited:
        return speech.say("{kind}, edited since", kind=speech.word(one.item.kind))
    if quotable(one.item, changes.people, changes.unsigned):
        return title(one.item, LONGEST)
    return speech.say("{kind}, without a name", kind=speech.word(one.item.kind))
