"""The ready-made reasons for a status: those that come with the product, until a community has its own."""

from collections.abc import Mapping

from sqlmodel import Session

from bot.context import Context
from bot.locales.words import mark
from storage.items.desk import ready_reasons
from storage.vocabulary import Status

DEFAULTS: Mapping[Status, tuple[str, ...]] = {
    Status.NOT_PLANNED: (
        mark("Not among this year's priorities."),
        mark("Too costly for what it would change."),
        mark("Not ours to decide."),
    ),
    Status.EXISTS: (mark("It is there already: {link}"),),
    Status.EXPLAINED: (
        mark("It works as it is meant to."),
        mark("It could not be found again. Another word helps if it comes back."),
        mark("It is explained here: {link}"),
    ),
    Status.ON_HOLD: (mark("Other things come first."), mark("It depends on something else, which is not settled yet.")),
    Status.DONE: (mark("It can be seen here: {link}"),),
    Status.RESOLVED: (mark("It works again since today."),),
}
"""Kept in English, so that each reader is told them in their language."""


def ready(session: Session, ctx: Context, status: Status, language: str) -> tuple[str, ...]:
    """The ready-made reasons for a status in a language; those that come with the product are in English."""
    own = ready_reasons.listed(session, ctx.community.id, status, language)
    return DEFAULTS.get(status, ()) if own is None else tuple(own)
