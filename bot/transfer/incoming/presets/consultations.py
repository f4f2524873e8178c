"""The tables exported by platforms for civic consultations, with the columns named in their source code."""

from bot.transfer.incoming.presets.preset import Cells, Preset
from bot.transfer.incoming.reading.columns import Names, word_of
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source

CAP_COLLECTIF: Names = {
    "entry": ("contribution type", "type"),
    "id": ("reference", "id"),
    "title": ("title",),
    "summary": ("summary",),
    "text": ("description", "body text", "content"),
    "at": ("created at", "published at"),
    "support": ("votes", "vote"),
    "voter": ("votes id", "votes author id"),
    "status": ("status name",),
    "reason": ("official response",),
    "area": ("category name", "theme title", "section title"),
}
"""By column, its names, without prefixes such as `proposal` and `contributions`."""
IDEAS = {"", "proposal", "proposal vote", "opinion"}
"""The entries of proposals and of their supporters; others are comments, reports and news."""
DECIDIM: Names = {
    "id": ("id",),
    "title": ("title",),
    "text": ("body",),
    "at": ("published at", "created at"),
    "support": ("votes", "supports", "likes total count", "endorsements total count"),
    "status": ("state",),
    "changed": ("answered at", "state published at"),
    "reason": ("answer",),
    "area": ("category name", "scope name"),
}


def is_idea(cells: Cells) -> bool:
    """Whether an entry of Cap Collectif's is a proposal or an opinion, or a vote for one."""
    return word_of(cells.get("entry", "")).removeprefix("export contribution type ") in IDEAS


def _cap_collectif(source: Source) -> Sheet:
    return Sheet(source, CAP_COLLECTIF, is_idea)


def _decidim(source: Source) -> Sheet:
    return Sheet(source, DECIDIM)


PRESETS = (
    Preset("cap-collectif", "Bring in the proposals or opinions of a Cap Collectif step: its CSV, without people.",
           _cap_collectif, "cap-collectif"),
    Preset("decidim", "Bring in the proposals of a Decidim process: its export as CSV, without people.",
           _decidim, "decidim", zone="UTC"),
)  # fmt: skip
