"""The layouts of other tools' files, of which texts, numbers of votes and statuses are read, but no identities."""

from collections.abc import Mapping

from bot.transfer.incoming.presets import chats, consultations, databases, portals
from bot.transfer.incoming.presets.preset import Preset

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (portals.CSV, *portals.PRESETS, *consultations.PRESETS, *databases.PRESETS, *chats.PRESETS)
}
"""The presets by name; `csv` is for tables of one's own."""
