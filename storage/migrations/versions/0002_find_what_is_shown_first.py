"""Add or replace indexes, most of them partial, for undecided and open items, open questions and expired rows."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

WAITS = "status = 'received' AND text <> ''"
ORDER = [sa.text("support DESC"), "created_at", "id"]
LEFT_OPEN = "(decision <> 'answer' OR useful IS FALSE) AND useful IS NOT TRUE AND plain <> ''"


def upgrade() -> None:
    _partial("ix_button_held", "button", ["token", "holder"], "holder IS NOT NULL")
    _feedback()
    op.drop_index("ix_question_same", "question")
    _partial("ix_question_same", "question", ["community_id", "plain"], LEFT_OPEN)
    _partial("ix_question_open", "question", ["community_id", "asked_at"], LEFT_OPEN)
    _partial("ix_question_old", "question", ["asked_at"], "asker_id IS NOT NULL OR text <> '' OR plain <> ''")
    _partial("ix_question_answer", "question", ["answer_id"], "answer_id IS NOT NULL")
    _partial("ix_outbox_sent", "outbox", ["sent_at"], "state = 'sent'")
    op.create_index("ix_private_chat_recent", "private_chat", ["platform", "heard_at"])
    op.create_index("ix_digest_posted_at", "digest", ["posted_at"])


def _feedback() -> None:
    for name in ("waiting", "top", "author", "mark"):
        op.drop_index(f"ix_feedback_{name}", "feedback")
    to_decide, thanks = f"{WAITS} AND kind <> 'praise'", f"{WAITS} AND kind = 'praise'"
    shown = "closed_at IS NULL AND kind <> 'praise' AND visibility <> 'team' AND text <> ''"
    to_empty = "closed_at IS NOT NULL AND (text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL)"
    whose = ["community_id", "created_at", "closed_at"]
    _partial("ix_feedback_waiting", "feedback", ["community_id", *ORDER], to_decide)
    _partial("ix_feedback_waiting_since", "feedback", ["community_id", "created_at"], to_decide)
    _partial("ix_feedback_thanks", "feedback", ["community_id", *ORDER], thanks)
    _partial("ix_feedback_top", "feedback", ["community_id", "support", "id"], shown)
    _partial("ix_feedback_author", "feedback", ["author_id", *whose], "author_id IS NOT NULL")
    _partial("ix_feedback_mark", "feedback", ["author_hash", *whose], "author_hash IS NOT NULL")
    _partial("ix_feedback_closed", "feedback", ["closed_at"], to_empty)


def _partial(name: str, table: str, columns: list[str | sa.TextClause], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
