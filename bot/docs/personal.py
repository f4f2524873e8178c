"""Generates the table of personal data in English and French, from the declarations of the database's columns."""

from collections.abc import Callable, Mapping

from sqlalchemy import Table

from bot.docs.tables import rows
from bot.settings.config import Retention
from storage.engine.columns import Erase
from storage.engine.unique import table_of
from storage.models import Departure
from storage.privacy import departures
from storage.privacy.erasure import ITEM, personal_columns
from storage.privacy.retention import KEPT, RULES
from storage.traffic import prompts
from storage.values import frozen


@frozen
class Words:
    """The words of the table in one language.

    Attributes:
        erasure: what an erasure does to a value.
        exceptions: by column, what an erasure does to it where that differs from `erasure`.
        days: a retention of a number of days; `days_by` also names the setting that changes it.
        forever: a retention without an end; `forever_by` also names the setting that can give it one.
        block: how long a block is kept.
        ready: how long it is kept that somebody is ready to talk.
        rate: how long the counts of somebody's uses of the bot are kept.
    """

    head: tuple[str, str, str, str]
    erasure: Mapping[Erase, str]
    exceptions: Mapping[str, str]
    day: str
    days: str
    days_by: str
    forever: str
    forever_by: str
    block: str
    ready: str
    rate: str


def _exceptions(*, quotes: str, carries: str, emptied: str, row: str) -> Mapping[str, str]:
    deleted = dict.fromkeys(("button.holder", "member.language", "member.community_id"), row)
    return {**deleted, "digest.payload": quotes, "departure.sealed": carries, "inbox.payload": emptied}


ENGLISH = Words(
    head=("What", "Where", "Kept", "When its person is erased"),
    erasure={
        Erase.BLANK: "the value is emptied",
        Erase.ROW: "the row is deleted",
        Erase.KEEP: "kept until it ends",
    },
    exceptions=_exceptions(
        quotes="what quotes this person is taken out",
        carries="this carries an erasure out",
        emptied="emptied already, once the message was handled",
        row="the row is deleted",
    ),
    day="{n} day",
    days="{n} days",
    days_by="{n} days ({setting})",
    forever="until erased",
    forever_by="until erased, or by {setting}",
    block="until it ends: at most 30 days from the last time",
    ready="until it ends (`communities.telling.ready_days`)",
    rate="until it counts no more, and a day at most after that",
)
FRENCH = Words(
    head=("Quoi", "Où", "Gardé", "Quand la personne est effacée"),
    erasure={
        Erase.BLANK: "la valeur est vidée",
        Erase.ROW: "la ligne est supprimée",
        Erase.KEEP: "gardé jusqu’à sa fin",
    },
    exceptions=_exceptions(
        quotes="ce qui cite cette personne est retiré",
        carries="c’est ce qui fait l’effacement",
        emptied="déjà vidé, une fois le message traité",
        row="la ligne est supprimée",
    ),
    day="{n} jour",
    days="{n} jours",
    days_by="{n} jours ({setting})",
    forever="jusqu’à l’effacement",
    forever_by="jusqu’à l’effacement, ou selon {setting}",
    block="jusqu’à sa fin : au plus 30 jours depuis la dernière fois",
    ready="jusqu’à sa fin (`communities.telling.ready_days`)",
    rate="tant qu’il compte, et un jour au plus après",
)


def table(words: Words, translate: Callable[[str], str]) -> str:
    """A table of every personal column: its content, its name, its retention, and what an erasure does to it.

    Args:
        translate: translates the declarations' words into the language of the page.
    """
    body = [
        (
            _capital(translate(mark.what)),
            f"`{table.name}.{column.name}`",
            kept(words, table),
            words.exceptions.get(f"{table.name}.{column.name}", words.erasure[mark.erase]),
        )
        for table, column, mark in personal_columns()
    ]
    return rows(words.head, body)


def kept(words: Words, table: Table) -> str:
    """The retention of a table's personal columns, by the settings' defaults, in words."""
    if table is table_of(Departure):
        return words.days.format(n=departures.SPAN.days)
    ruled = list(dict.fromkeys(rule.setting for rule in RULES if rule.table is table))
    if not ruled and table.name not in KEPT and ITEM in table.c:
        ruled = ["feedback"]
    return "; ".join(_days(words, name) for name in ruled) or words.forever


def _days(words: Words, name: str) -> str:
    """The days of a retention rule, with the setting that changes them, in words."""
    own = {
        "prompts": words.day.format(n=prompts.PATIENCE.days),
        "blocks": words.block,
        "rates": words.rate,
        "readiness": words.ready,
    }
    if name in own:
        return own[name]
    days, setting = getattr(Retention(), name), f"`retention.{name}`"
    return (words.days_by if days else words.forever_by).format(n=days, setting=setting)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
