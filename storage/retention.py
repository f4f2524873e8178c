"""How long things are kept: which rows are old, and what goes of them, from what the tables declare."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, SQLColumnExpression, String, Table, cast, or_, select
from sqlmodel import Session, SQLModel, col

from storage.conditions import NO_WORDS, said
from storage.engine.columns import Erase
from storage.engine.unique import table_of
from storage.erasure import ITEM, empty, erase_items, personal_of
from storage.models import Button, Digest, Feedback, Inbox, Outbox, PrivateChat, Prompt, Question
from storage.vocabulary import Delivery

Due = tuple[datetime, Any]
"""A row that is to go: since when it is old, and its key."""
BATCH = 300
"""Rows to a transaction: the bot answers between two of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What goes of a table once it is old.

    Attributes:
        name: what it is called, in the settings too.
        since: the instant a row's age is counted from; an index begins with it, so that the oldest are found first.
        only: which rows it is for, in the words of that index where it is a partial one.
        row: whether the row goes where its columns alone say that their values do.
        emptied: what stands for no value in a column, where that is not its type's own.
        days: the setting of its days, where that is not called like the rule.
    """

    name: str
    model: type[SQLModel]
    since: SQLColumnExpression[Any]
    only: tuple[ColumnElement[bool], ...] = ()
    row: bool = False
    emptied: Mapping[str, Any] = field(default_factory=dict)
    days: str = ""

    @property
    def setting(self) -> str:
        """The setting of its days."""
        return self.days or self.name

    @property
    def table(self) -> Table:
        """The table it is for."""
        return table_of(self.model)

    @property
    def key(self) -> "Column[Any]":
        """The column its rows are found by."""
        (key,) = self.table.primary_key.columns
        return key

    @property
    def deletes(self) -> bool:
        """Whether rows go, rather than values."""
        return self.row or any(mark.erase is Erase.ROW for mark in personal_of(self.table).values())

    def value(self, column: "Column[Any]") -> Any:
        """What stands for no value in a column."""
        return self.emptied.get(column.name, empty(column))

    def old(self, before: datetime) -> list[ColumnElement[bool]]:
        """What is true of the rows to go; one that was emptied is not emptied again."""
        found = [self.since < before, *self.only]
        return found if self.deletes else [*found, or_(*map(self._filled, personal_of(self.table)))]

    def _filled(self, column: "Column[Any]") -> ColumnElement[bool]:
        value = self.value(column)
        if value is None:
            return column.is_not(None)
        if isinstance(column.type, JSON):
            # PostgreSQL compares no JSON, only its text.
            return cast(column, String) != json.dumps(value)
        # Said in the statement itself, as an index of what is not empty needs it.
        return column != (NO_WORDS if value == "" else value)


RULES = (
    Rule("inbox", Inbox, col(Inbox.handled_at), row=True),
    # What could not be read, and so was never handled, must not be kept without end.
    Rule("unread", Inbox, col(Inbox.received_at), (col(Inbox.handled_at).is_(None),), row=True, days="inbox"),
    Rule("sent", Outbox, col(Outbox.sent_at), (col(Outbox.state) == said(Delivery.SENT),)),
    # Also what still waits: for a platform that was switched off it would wait for ever.
    Rule("unsent", Outbox, col(Outbox.created_at), (col(Outbox.state) != Delivery.SENT,)),
    Rule("questions", Question, col(Question.asked_at)),
    Rule("prompts", Prompt, col(Prompt.created_at)),
    Rule("private_chats", PrivateChat, col(PrivateChat.heard_at)),
    # The whole row: a button without its holder could be pressed by anybody.
    Rule("buttons", Button, col(Button.created_at), row=True),
    Rule("digests", Digest, col(Digest.posted_at), emptied={"payload": {"blocks": []}}),
    Rule("feedback", Feedback, col(Feedback.closed_at)),
)

KEPT: Mapping[str, str] = {
    "member": "who a person is, for as long as they do not ask to be forgotten",
    "identity": "where a person is known, likewise",
    "membership": "says which community a private message is for, likewise",
    "support": "counts each person once, until taken back",
    "follow": "says whom to tell, until taken back",
    "phrasing": "is the team's knowledge, which lasts; only whose words it was is a person's",
}
"""Tables whose rows do not grow old: they are kept until their person is erased, each for its reason."""


def due(session: Session, rule: Rule, before: datetime, after: Due | None = None, most: int = BATCH) -> list[Due]:
    """Rows that are to go, the oldest first.

    Args:
        before: rows older than this instant.
        after: the last row that was looked at.
    """
    query = select(rule.since, rule.key).where(*rule.old(before))
    if after is not None:
        since, key = after
        query = query.where(rule.since >= since, or_(rule.since > since, rule.key > key))
    rows = session.connection().execute(query.order_by(rule.since, rule.key).limit(most))
    return [(since, key) for since, key in rows]


def claim(session: Session, rule: Rule, before: datetime, keys: Sequence[Any]) -> list[Any]:
    """Hold those of these rows that are still to go and that no other process is at."""
    query = select(rule.key).where(rule.key.in_(keys), *rule.old(before)).with_for_update(skip_locked=True)
    return list(session.connection().execute(query).scalars())


def drop(session: Session, rule: Rule, keys: Sequence[Any]) -> None:
    """Let go of rows, or of what they hold."""
    if rule.model is Feedback:
        erase_items(session, keys, spare=KEPT)
    elif rule.deletes:
        session.connection().execute(rule.table.delete().where(rule.key.in_(keys)))
    else:
        blank = {column.name: rule.value(column) for column in personal_of(rule.table)}
        session.connection().execute(rule.table.update().where(rule.key.in_(keys)).values(**blank))


def ageless(tables: Sequence[Table]) -> list[str]:
    """Tables that hold something personal, grow not old by any rule, and do not say why."""
    ruled = {rule.table.name for rule in RULES}
    return [
        table.name
        for table in tables
        if personal_of(table) and table.name not in ruled and table.name not in KEPT and ITEM not in table.c
    ]
