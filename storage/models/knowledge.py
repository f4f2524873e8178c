"""Tables of the team's answers, their phrasings and sources, and the questions asked."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.engine.columns import NEVER_AGAIN, Erase, TableRow, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Decision

_LEFT_OPEN = "(decision <> 'answer' OR useful IS FALSE) AND useful IS NOT TRUE AND plain <> ''"
_ASKED = "asker_id IS NOT NULL OR text <> '' OR plain <> '' OR sealed IS NOT NULL OR holder IS NOT NULL"
_TO_EMPTY = f"{_ASKED} OR source IS NOT NULL"


class Answer(TableRow, table=True):
    """An answer of the team; its external id is the one it has in knowledge files."""

    __table_args__ = (UniqueConstraint("community_id", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    external_id: str = neutral()
    language: str = neutral()
    text: str = neutral()
    origin: str = neutral(default="")
    """The file or page it came from; empty when the team wrote it to the bot."""
    address: str | None = neutral(default=None)
    """The URL or path where it can be read in full."""
    valid_until: date | None = neutral(default=None)
    tags: str = neutral(default="")
    """Its keywords, one on each line."""
    written_on: date | None = neutral(default=None)
    """The day its source was last changed; None when the source does not say."""


class Proposal(TableRow, table=True):
    """An answer proposed by a member or a source; it is not given until a moderator accepts it and the row goes."""

    __table_args__ = (Index("ix_proposal_listed", "community_id", "proposed_at"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    member_id: int | None = owner(
        "who proposes an answer, to be told what became of it", Erase.ROW, default=None, nullable=True
    )
    """None for a proposal from a source."""
    mark: str = personal("a keyed mark of whose words a proposed answer is", Erase.ROW)
    """By it, the person's erasure finds undelivered messages that show it."""
    question: str = personal(
        "the question that an answer is proposed to; one of an imported chat, without who asked it", Erase.ROW
    )
    text: str = personal("the words of a proposed answer; those of an imported chat, without who wrote them", Erase.ROW)
    language: str = neutral()
    origin: str = neutral(default="")
    """Where it was found, in words for the team; empty for a member's proposal."""
    weight: int = neutral(default=0)
    """The strength of the evidence for a source's proposal; higher ones are listed first."""
    question_id: int | None = neutral(default=None, foreign_key="question.id", ondelete="SET NULL", index=True)
    """The unanswered question it would answer; None for none."""
    proposed_at: datetime = neutral(index=True)


class ProposalMark(TableRow, table=True):
    """A keyed mark of an answer that a source proposed; kept after the decision, so that it is not proposed again."""

    __tablename__ = "proposal_mark"
    __table_args__ = (UniqueConstraint("community_id", "mark"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    mark: str = neutral()


class KnowledgeSource(TableRow, table=True):
    """A file, folder or page from which a community's answers are read."""

    __tablename__ = "knowledge_source"
    __table_args__ = (UniqueConstraint("community_id", "place"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    place: str = neutral()
    version: str = neutral(default="")
    """A value that differs once the source has changed: its digest, or a page's ETag."""
    read_at: datetime = neutral()


class KnowledgeChange(TableRow, table=True):
    """A change of a community's knowledge, with the former state as JSON, without members' phrasings."""

    __tablename__ = "knowledge_change"

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id", index=True)
    at: datetime = neutral()
    before: str = neutral()


class Phrasing(TableRow, table=True):
    """A phrasing of a question that an answer is for."""

    id: int = neutral(default=None, primary_key=True)
    answer_id: int = neutral(foreign_key="answer.id", index=True)
    text: str = neutral()
    asker_id: int | None = owner(
        "whose question, as it was asked, finds an answer", Erase.ROW, default=None, nullable=True
    )
    """None when the team wrote the phrasing."""


class AnswerVectors(TableRow, table=True):
    """The vectors of an answer's phrasings and sentences by an encoder, packed."""

    __tablename__ = "answer_vectors"

    answer_id: int = neutral(primary_key=True, foreign_key="answer.id", ondelete="CASCADE")
    encoder: str = neutral()
    digest: str = neutral()
    rows: bytes = neutral()


class Question(TableRow, table=True):
    """A question put to the bot, the decision on it, and whether the member found the answer useful."""

    __table_args__ = (
        Index("ix_question_recent", "community_id", "asked_at"),
        partial("ix_question_same", _LEFT_OPEN, "community_id", "plain"),
        partial("ix_question_open", _LEFT_OPEN, "community_id", "asked_at"),
        partial("ix_question_answer", "answer_id IS NOT NULL", "answer_id"),
        partial("ix_question_old", _TO_EMPTY, "asked_at"),
        partial("ix_question_holder", "holder IS NOT NULL", "holder"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    asker_id: int | None = owner("who asked the question", default=None, nullable=True)
    """None also for a nameless question, whose answer goes to `sealed`."""
    text: str = personal("the words of the question")
    plain: str = personal("the question without case and accents, to count those who ask the same")
    sealed: bytes | None = personal("where the answer to a nameless question goes, sealed", default=None)
    holder: str | None = personal("a keyed mark of who asked a nameless question", default=None)
    language: str = neutral()
    decision: Decision = neutral(sa_type=choice(Decision))
    answer_id: int | None = neutral(default=None, foreign_key="answer.id", ondelete="SET NULL")
    score: float = neutral(default=0.0)
    useful: bool | None = neutral(default=None)
    source: str | None = personal("a keyed mark of the message it was asked in", default=None, index=True)
    """By it, the question is found when its message is edited."""
    shared: bool = neutral(default=False)
    """Whether it may be sent to other members, without the asker's name."""
    asked_at: datetime = neutral()


class Refusal(TableRow, table=True):
    """An answer that does not answer a question, by the word of an asker or a moderator."""

    __table_args__ = (Index("ix_refusal_answer", "answer_id"),)

    question_id: int = neutral(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    answer_id: int = neutral(primary_key=True, foreign_key="answer.id", ondelete="CASCADE")
    firm: bool = neutral(default=False)
    """Whether a moderator said so; then it counts against all answers that existed at the time."""
    newest: int = neutral(default=0)
    """The id of the newest answer at the time; later answers may fit the question."""
