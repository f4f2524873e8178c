"""Retention rules: when the rows of each table expire, and whether they are deleted or blanked, as columns declare."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Executable,
    SQLColumnExpression,
    String,
    Table,
    bindparam,
    cast,
    or_,
    select,
)
from sqlmodel import Session, SQLModel, col

from storage.conditions import NO_WORDS, literal
from storage.engine.columns import Erase
from storage.engine.listing import among, at_most, listed
from storage.engine.prepared import Prepared
from storage.engine.unique import table_of
from storage.models import (
    Block,
    Button,
    Digest,
    DigestOwner,
    Feedback,
    Inbox,
    Inquiry,
    Invitation,
    Outbox,
    PrivateChat,
    Prompt,
    Proposal,
    Question,
    Rate,
    Readiness,
    Referral,
    Screen,
)
from storage.privacy.erasure import ITEM, empty, erase_items, personal_of
from storage.privacy.steps import Steps
from storage.vocabulary import Delivery

Due = tuple[datetime, Any]
"""An expired row: the instant its age is counted from, and its primary key."""
BATCH = 300
"""The most rows in one transaction, so that other writes do not wait long."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """The retention rule of a table.

    Attributes:
        name: the rule's name, which is also that of its setting unless `days` is given.
        since: the column from which a row's age is counted; the first one of an index, to find the oldest rows.
        only: further conditions; those of the index, if it is a partial one.
        row: whether rows are deleted although their columns declare only blanking.
        emptied: by column name, the value after blanking, where it is not the empty value of the column's type.
        days: the name of the setting with the number of days, where it is not `name`.
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
        """The name of the setting with the number of days."""
        return self.days or self.name

    @property
    def table(self) -> Table:
        """The table of the model."""
        return table_of(self.model)

    @property
    def key(self) -> "Column[Any]":
        """The table's primary key."""
        (key,) = self.table.primary_key.columns
        return key

    @property
    def deletes(self) -> bool:
        """Whether expired rows are deleted, rather than their personal values blanked."""
        return self.row or any(mark.erase is Erase.ROW for mark in personal_of(self.table).values())

    def value(self, column: "Column[Any]") -> Any:
        """The empty value of a column."""
        return self.emptied.get(column.name, empty(column))

    def old(self, before: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
        """The conditions for rows that expired before an instant; rows already blanked are left out."""
        found = [self.since < before, *self.only]
        return found if self.deletes else [*found, or_(*map(self._filled, personal_of(self.table)))]

    def _filled(self, column: "Column[Any]") -> ColumnElement[bool]:
        value = self.value(column)
        if value is None:
            return column.is_not(None)
        if isinstance(column.type, JSON):
            # PostgreSQL has no comparison of JSON values, only of their text.
            return cast(column, String) != json.dumps(value)
        # As a literal, as the partial index of rows that are not empty requires.
        return column != (NO_WORDS if value == "" else value)


def _waits_for_another() -> ColumnElement[bool]:
    """The condition for items that are joined to an open item."""
    other = table_of(Feedback).alias("target")
    return select(other.c.id).where(other.c.id == col(Feedback.joined_to), other.c.closed_at.is_(None)).exists()


RULES = (
    Rule("inbox", Inbox, col(Inbox.handled_at), row=True),
    # Unreadable events, which are never handled, must expire, too.
    Rule("unread", Inbox, col(Inbox.received_at), (col(Inbox.handled_at).is_(None),), row=True, days="inbox"),
    Rule("sent", Outbox, col(Outbox.sent_at), (col(Outbox.state) == literal(Delivery.SENT),)),
    # Failed messages: their text is needed only for sending again, which is never automatic after `outbox.KEPT`.
    Rule(
        "given_up",
        Outbox,
        col(Outbox.created_at),
        (col(Outbox.state).in_((literal(Delivery.FAILED), literal(Delivery.UNKNOWN))),),
        days="sent",
    ),
    # Also waiting rows: those for a platform that was switched off would never be sent.
    Rule("unsent", Outbox, col(Outbox.created_at), (col(Outbox.state) != Delivery.SENT,)),
    Rule("questions", Question, col(Question.asked_at)),
    Rule("proposals", Proposal, col(Proposal.proposed_at), days="questions"),
    Rule("prompts", Prompt, col(Prompt.created_at)),
    Rule("private_chats", PrivateChat, col(PrivateChat.heard_at)),
    # The whole row is deleted: a button without its holder could be pressed by anybody.
    Rule("buttons", Button, col(Button.created_at), row=True),
    # A message whose buttons have expired is no longer kept up to date.
    Rule("screens", Screen, col(Screen.created_at), row=True, days="buttons"),
    Rule("digests", Digest, col(Digest.posted_at), emptied={"payload": {"blocks": []}}),
    Rule("owners", DigestOwner, col(DigestOwner.posted_at), row=True, days="digests"),
    # Items joined to an open one wait for its outcome.
    Rule("feedback", Feedback, col(Feedback.closed_at), (~_waits_for_another(),)),
    Rule("invitations", Invitation, col(Invitation.asked_at), row=True, days="questions"),
    Rule("referrals", Referral, col(Referral.sent_at), row=True, days="questions"),
    Rule("inquiries", Inquiry, col(Inquiry.asked_at), days="questions"),
    # They expire at their own end, whatever the settings say.
    Rule("readiness", Readiness, col(Readiness.until), row=True),
    Rule("blocks", Block, col(Block.until), row=True),
    Rule("rates", Rate, col(Rate.until), row=True),
)

KEPT: Mapping[str, str] = {
    "member": "who a person is, for as long as they do not ask to be forgotten",
    "identity": "where a person is known, likewise",
    "membership": "says which community a private message is for, likewise",
    "departure": "erases what is nameless of an erased person, and is deleted a week later by `bot.privacy.departures`",
    "support": "counts each person once, until taken back",
    "follow": "says whom to tell, until taken back",
    "trace": "goes with the draft or message it is about, whose own rule applies",
    "alert": "says who takes care of it while it matters; that is emptied when the alert is closed",
    "phrasing": "is the team's knowledge, which lasts; only whose words it was is a person's",
}
"""Tables without a rule, with the reason: their rows are kept until the person is erased."""


def due(session: Session, rule: Rule, before: datetime, after: Due | None = None, most: int = BATCH) -> list[Due]:
    """A page of expired rows, oldest first.

    Args:
        before: the instant before which rows expired.
        after: the last row of the page before (keyset pagination).
    """
    since, key = after or (None, None)
    given = {"before": before, "since": since, "key": key, "most": most}
    return _due(rule, further=after is not None).rows(session, given)


def claim(session: Session, rule: Rule, before: datetime, keys: Sequence[Any]) -> list[Any]:
    """Lock the rows among these that are still expired and that no other process has locked; return their keys."""
    return [key for (key,) in _claim(rule).rows(session, {"before": before, "keys": listed(keys)})]


def drop(session: Session, rule: Rule, keys: Sequence[Any]) -> None:
    """Delete rows or blank their personal values, as the rule says."""
    if rule.model is Feedback:
        erase_items(session, keys, spare=KEPT)
    else:
        _drop(rule).run(session, {"keys": keys})


# Run by the sweep: built once for each rule, since building a statement takes longer than running it.
@cache
def _due(rule: Rule, *, further: bool) -> Prepared:
    query = select(rule.since, rule.key).where(*rule.old(bindparam("before")))
    if further:
        since: ColumnElement[datetime] = bindparam("since")
        query = query.where(rule.since >= since, or_(rule.since > since, rule.key > bindparam("key")))
    return Prepared(lambda _: query.order_by(rule.since, rule.key).limit(at_most("most")))


@cache
def _claim(rule: Rule) -> Prepared:
    def build(dialect: str) -> Executable:
        expired = (among(dialect, rule.key, "keys"), *rule.old(bindparam("before")))
        return select(rule.key).where(*expired).with_for_update(skip_locked=True)

    return Prepared(build)


@cache
def _drop(rule: Rule) -> Steps:
    steps = Steps()
    if rule.deletes:
        steps.delete(rule.key, "keys")
    else:
        steps.blank(rule.key, "keys", {column.name: rule.value(column) for column in personal_of(rule.table)})
    return steps


def ageless(tables: Sequence[Table]) -> list[str]:
    """The names of tables with personal data that have neither a rule nor a reason in `KEPT`; should be empty."""
    ruled = {rule.table.name for rule in RULES}
    return [
        table.name
        for table in tables
        if personal_of(table) and table.name not in ruled and table.name not in KEPT and ITEM not in table.c
    ]
