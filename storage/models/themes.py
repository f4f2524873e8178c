"""Tables of themes: topics of a community that are recognised from week to week."""

from datetime import datetime

from sqlalchemy import Index

from storage.engine.columns import Erase, TableRow, neutral, personal
from storage.models.indexes import partial


class Theme(TableRow, table=True):
    """A theme. Its topic is stored only through its items, so that erasing these erases it, too."""

    __table_args__ = (
        Index("ix_theme_seen", "community_id", "seen_at"),
        partial("ix_theme_merged", "merged_into IS NOT NULL", "merged_into"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    name: str = neutral(default="")
    """The name a moderator gave it; empty for the one derived from its items' texts."""
    muted: bool = neutral(default=False)
    merged_into: int | None = neutral(default=None)
    """The theme it is merged into; it is still recognised by its own items."""
    created_at: datetime = neutral()
    seen_at: datetime = neutral()
    """When it last occurred; muted and named themes are kept however long ago that was."""


class ThemeItem(TableRow, table=True):
    """Links an item to a theme; an item belongs to at most one."""

    __tablename__ = "theme_item"
    __table_args__ = (Index("ix_theme_item_theme", "theme_id", "feedback_id"),)

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id", ondelete="CASCADE")
    theme_id: int = personal("which theme the feedback belongs to", Erase.ROW)
