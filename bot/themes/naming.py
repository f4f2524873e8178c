"""Names the themes of one period; imported late, since it brings the stemmers."""

from collections import Counter
from collections.abc import Collection, Sequence

from bot.themes import labels
from bot.themes.survey import LABELLED, Group, Survey
from storage.items.themes import Said


class Naming:
    """What labels are made from: how many texts of all themes have each term."""

    def __init__(self, found: Survey, groups: Sequence[Group], names: Collection[str]) -> None:
        grouped = {item.id for one in groups for item in one.items}
        others = [item.text for item in found.material.items if item.id not in grouped][: LABELLED * 10]
        texts = [*(item.text for one in groups for item in one.items[:LABELLED]), *others]
        self.names, self.terms = names, labels.count(texts)
        self.size = len(texts) / (len(groups) + 1)

    def label(self, items: Sequence[Said], language: str) -> str:
        """The label in a language if texts are in it, else in that of most texts; empty where they share no word."""
        some = items[:LABELLED]
        order = dict.fromkeys((language, *(code for code, _ in Counter(item.language for item in some).most_common())))
        for code in order:
            texts = [item.text for item in some if item.language == code]
            if texts and (found := labels.label(texts, self.terms, self.size, self.names)):
                return found
        return labels.label([item.text for item in some], self.terms, self.size, self.names)
