"""The tables exported by feedback portals, with the columns named in their source code and manuals."""

from collections.abc import Callable

from bot.transfer.incoming.presets.preset import Preset
from bot.transfer.incoming.reading.columns import Names
from bot.transfer.incoming.reading.names import NAMES
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source
from storage.vocabulary import Status

PEOPLE = ("author", "name")
"""Columns that are not read, since nobody consented to the import of their name."""
FIDER: Names = {
    "id": ("number",),
    "title": ("title",),
    "text": ("description",),
    "at": ("created at", "created on"),
    "support": ("votes count", "total votes", "total supporters"),
    "status": ("status",),
    "changed": ("responded at", "responded on"),
    "reason": ("response",),
    "area": ("tags",),
}
USERVOICE: Names = {
    "id": ("suggestion id", "idea id", "id"),
    "title": ("suggestion title", "idea title", "title"),
    "text": ("suggestion body", "idea description", "description", "text"),
    "at": ("suggestion created timestamp", "created timestamp", "created at", "created"),
    "support": ("suggestion supporters count", "voters count", "supporters count", "suggestion votes count", "votes"),
    "voter": ("user id", "user email address", "external user external id"),
    "status": ("suggestion status name", "public status name", "status name", "status"),
    "changed": (
        "suggestion status updated timestamp",
        "public status updated timestamp",
        "suggestion closed timestamp",
    ),
    "reason": ("public status update message", "suggestion response"),
    "area": ("suggestion category name", "category name", "category", "suggestion forum name", "forum name"),
}


def _without_people(more: Names = NAMES) -> Names:
    return {column: names for column, names in more.items() if column not in PEOPLE}


def _sheet(names: Names) -> Callable[[Source], Sheet]:
    return lambda source: Sheet(source, names)


CANNY: Names = {
    **_without_people(),
    "id": ("post id", "id", "post url", "url"),
    "text": ("post details", "details", "post description", *NAMES["text"]),
    "support": ("post votes", "votes", "vote count", "score"),
    "at": ("post created", "created", "created at", "post creation date", "date"),
    "changed": ("status changed at", "status changed", "post status changed"),
    "area": ("post category", "category", "post board", "board", "post tags", "tags"),
    "status": ("post status", "status"),
}

CSV = Preset("csv", "", _sheet(NAMES), "csv", named=True)
PRESETS = (
    Preset("fider", "Bring in the ideas of a Fider site: its export of posts as CSV, without people.",
           _sheet(FIDER), "fider", statuses={"started": Status.IN_PROGRESS}),
    Preset("canny", "Bring in the posts of Canny boards, exported as CSV, without people.",
           _sheet(CANNY), "canny", statuses={"closed": Status.NOT_PLANNED, "complete": Status.DONE}),
    Preset("uservoice", "Bring in ideas of UserVoice: its CSV of ideas, one or one voter a row, without people.",
           _sheet(USERVOICE), "uservoice", zone="UTC", statuses={"active": Status.RECEIVED,
           "published": Status.RECEIVED}),
    Preset("quackback", "Bring in the posts of a Quackback portal, exported as CSV, without people.",
           _sheet(_without_people()), "quackback", statuses={"closed": Status.NOT_PLANNED}),
)  # fmt: skip
