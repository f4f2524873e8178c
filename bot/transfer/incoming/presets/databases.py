"""Reads the exported databases of suggestion bots: JSON, one record a line or in an array, without people."""

from collections.abc import Mapping
from typing import Any

from bot.transfer.incoming.presets.preset import Cells, Entries, Preset, text_of
from bot.transfer.incoming.reading.source import Source
from storage.vocabulary import Status

WITHIN = ("suggestions", "data", "items")
SHOWN = {"awaiting_review": "pending", "approved": "open", "denied": "denied"}
"""The statuses for Suggester's reviews: an approved idea is only open to votes, and not decided."""


def read_suggestions_bot(entry: Mapping[str, Any]) -> Cells | None:
    """The cells of a record of suggestions-bot; None for other records."""
    if "suggestion" not in entry:
        return None
    voted = entry.get("up_voted_by")
    return {
        "id": text_of(entry.get("_id") or entry.get("suggestion_id")),
        "text": text_of(entry["suggestion"]),
        "status": text_of(entry.get("state")),
        "at": text_of(entry.get("created_at")),
        "changed": text_of(entry.get("resolved_at")),
        "reason": text_of(entry.get("resolution_note")),
        "support": str(len(voted)) if isinstance(voted, list) else text_of(entry.get("total_up_votes")),
    }


def read_suggester(entry: Mapping[str, Any]) -> Cells | None:
    """The cells of a record of Suggester; None for other records."""
    if "suggestion" not in entry or "status" not in entry:
        return None
    votes = entry.get("votes")
    done = "implemented" if entry.get("implemented") else text_of(entry.get("displayStatus"))
    reviewed = text_of(entry["status"])
    return {
        "id": text_of(entry.get("suggestionId")),
        "text": text_of(entry["suggestion"]),
        "status": done if done not in ("", "default") and reviewed != "denied" else SHOWN.get(reviewed, reviewed),
        "at": text_of(entry.get("submitted")),
        "reason": text_of(entry.get("denial_reason")),
        "support": text_of(votes.get("up")) if isinstance(votes, Mapping) else "",
    }


def _suggestions_bot(source: Source) -> Entries:
    return Entries(source, WITHIN, read_suggestions_bot)


def _suggester(source: Source) -> Entries:
    return Entries(source, WITHIN, read_suggester)


PRESETS = (
    Preset("suggestions-bot", "Bring in the suggestions of suggestions-bot: its records as JSON, without people.",
           _suggestions_bot, "suggestions-bot", zone="UTC", statuses={"cleared": Status.NOT_PLANNED}),
    Preset("suggester", "Bring in the suggestions of Suggester: its records as JSON, without people.",
           _suggester, "suggester", zone="UTC"),
)  # fmt: skip
