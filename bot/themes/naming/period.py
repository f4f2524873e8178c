"""Labels the themes of one period. Imported late, since it imports the stemmers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from bot.themes.naming import labels
from bot.themes.survey import LABELLED, Group, Survey
from storage.items.signals.themes import Said


class Naming:
    """Labels the themes of a period, from how words are used in all of them."""

    def __init__(self, found: Survey, groups: Sequence[Group], names: Collection[str]) -> None:
        grouped = {item.id for one in groups for item in one.items}
        loose = [item for item in (*found.material.items, *found.material.before) if item.id not in grouped]
        texts = [
            *(text for one in groups for text in by_voice(one.items[:LABELLED])),
            *by_voice(loose[: LABELLED * 10]),
        ]
        self.names, self.usage = names, labels.count(texts)
        self.size = len(texts) / (len(groups) + 1)

    def label(self, items: Sequence[Said], language: str) -> str:
        """A theme's label, from its texts in this language, else in that of most; empty where they share no word."""
        some = items[:LABELLED]
        order = dict.fromkeys((language, *(code for code, _ in Counter(item.language for item in some).most_common())))
        parts = [
            ([item for item in some if item.language == code], [item for item in some if item.language != code])
            for code in order
        ]
        found = (self._label(own, others) for own, others in (*parts, (some, ())) if own)
        return next(filter(None, found), "")

    def _label(self, own: Sequence[Said], others: Sequence[Said]) -> str:
        return labels.label(by_voice(own), self.usage, self.size, self.names, by_voice(others))


def by_voice(items: Iterable[Said]) -> list[str]:
    """The texts of items, all of one person as one, so that nobody counts twice."""
    found: dict[int | str, str] = {}
    for item in items:
        voice = item.voice if item.voice is not None else f"item {item.id}"
        found[voice] = f"{found[voice]}\n{item.text}" if voice in found else item.text
    return list(found.values())
