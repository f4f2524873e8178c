"""Measures how well labels name a theme's topic: clusters of public data and complaints with acceptable words."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.language.bases import banking_intents, clinc_intents, faq, out_of_scope
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.themes.naming.period import Naming
from bot.themes.survey import Group, Material, Survey
from storage.items.signals.themes import ThemeText
from storage.vocabulary import Kind

COMPLAINTS = Path(__file__).with_name("complaints.toml")
FEWEST, MOST = 4, 30
"""The least and most texts of a cluster."""
AT_ONCE, NOISE = 12, 100
"""The number of clusters in a week, and of texts in it that belong to none."""
_TEXTLESS = (
    "about accept allowed and app are at by can do for from get getting how i in info into is it last made make my new "
    "next no not of on or out request showing still support supported the to twice unable up use used via was what "
    "when where who why will work working wrong yes you your"
)
TEXTLESS = frozenset(_TEXTLESS.split())
"""Words in intents' names that do not name a topic."""
_TALK = (
    "are_you_a_bot cancel goodbye greeting maybe no repeat thank_you yes text who_do_you_work_for where_are_you_from "
    "what_can_i_ask_you how_busy date time"
)
TALK = frozenset(_TALK.split())
"""Intents without a topic."""
ALSO: Mapping[str, str] = {
    "age_limit": "children child kids young old",
    "automatic_top_up": "auto",
    "bill_due": "pay",
    "cancel_transfer": "undo reverse",
    "carry_on": "luggage bag suitcase",
    "card_arrival": "delivery track",
    "card_swallowed": "atm machine",
    "compromised_card": "fraud stolen unauthorized",
    "distance": "far miles",
    "directions": "route",
    "exchange_rate": "dollar currency yen pound",
    "food_last": "expire shelf spoil",
    "freeze_account": "block hold",
    "gas": "tank fuel",
    "get_disposable_virtual_card": "cards",
    "how_old_are_you": "age",
    "income": "salary job earn",
    "ingredient_substitution": "substitute replace swap",
    "jump_start": "battery",
    "last_maintenance": "car service oil",
    "lost_luggage": "bag suitcase",
    "measurement_conversion": "convert ounces centimeters inches cups",
    "mpg": "gallon mileage fuel",
    "order_checks": "checkbook check",
    "passcode_forgotten": "password",
    "plug_type": "converter socket outlet adapter",
    "pto_balance": "vacation days off",
    "pto_request": "vacation days off",
    "pto_request_status": "vacation",
    "pto_used": "vacation days off",
    "receiving_money": "salary paid",
    "restaurant_reservation": "table",
    "rollover_401k": "401k",
    "smart_home": "lights thermostat",
    "spending_history": "spent",
    "sync_device": "phone connect pair",
    "terminate_account": "delete close",
    "todo_list": "do tasks",
    "top_up_by_cash_or_cheque": "check",
    "topping_up_by_card": "add money",
    "travel_suggestion": "trip sights visit",
    "uber": "ride taxi",
    "vaccines": "shots",
    "w2": "form tax",
    "whisper_mode": "voice",
}
"""Further acceptable words for intents."""
QUESTIONS = (
    "Réseaux sociaux",
    "Moteurs de recherche",
    "Facebook",
    "Cookies",
    "Permis de conduire",
    "Vidéoprotection",
    "Préventel",
    "FICOBA",
)
"""The beginnings of questions of the French FAQ that share a topic."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts about one topic.

    Attributes:
        heads: words of which the label must contain one.
    """

    name: str
    language: str
    texts: Sequence[str]
    heads: Sequence[str]

    def is_named_by(self, label: str) -> bool:
        """Whether a label contains one of the acceptable words."""
        wanted = {form for head in self.heads for form in forms(fold(head))}
        words = fold(label).replace(",", " ").replace("-", " ").replace("'", " ").split()
        return any(forms(word) & wanted for word in words)


def clusters(folder: Path) -> list[Cluster]:
    """All clusters, in an order that mixes their sources."""
    english = {**banking_intents(folder), **{f"{name} ": some for name, some in clinc_intents(folder).items()}}
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    found = [_intent(name.strip(), texts, chance) for name, texts in english.items() if name.strip() not in TALK]
    questions = [text for _, text in faq(folder).phrasings]
    french = [(topic, [text for text in questions if text.startswith(topic)]) for topic in QUESTIONS]
    found += [Cluster(topic, "fr", texts, topic.split()) for topic, texts in french if len(texts) >= FEWEST]
    found += [
        Cluster(f"complaint {at}", one["language"], one["texts"], one["heads"])
        for at, one in enumerate(tomllib.loads(COMPLAINTS.read_text("utf-8"))["cluster"])
    ]
    return chance.sample(found, len(found))


def named(some: Sequence[Cluster], folder: Path) -> Iterator[tuple[Cluster, str]]:
    """Each cluster with its label, computed in a week with other clusters and noise."""
    chance, others = random.Random(1), out_of_scope(folder)  # noqa: S311 - as above
    for start in range(0, len(some), AT_ONCE):
        week = some[start : start + AT_ONCE]
        groups = tuple(Group(0, 0, tuple(_said(one, 1000 * at))) for at, one in enumerate(week))
        noise = [_item(100_000 + at, text, "en") for at, text in enumerate(chance.sample(list(others), NOISE))]
        items = (*(item for group in groups for item in group.items), *noise)
        naming = Naming(Survey(Material(items, (), len(items)), groups), groups, ())
        yield from ((one, naming.label(group.items, one.language)) for one, group in zip(week, groups, strict=True))


def _intent(name: str, texts: Sequence[str], chance: random.Random) -> Cluster:
    heads = [word for word in name.lower().replace("?", "").split("_") if word not in TEXTLESS and len(word) > 1]
    heads += ALSO.get(name, "").split()
    return Cluster(name, "en", chance.sample(list(texts), min(chance.randint(FEWEST, MOST), len(texts))), heads)


def _said(one: Cluster, first: int) -> Iterator[ThemeText]:
    return (_item(first + at, text, one.language) for at, text in enumerate(one.texts))


def _item(own: int, text: str, language: str) -> ThemeText:
    return ThemeText(own, text, Kind.PROBLEM, language, own, None, None, nameless=False)
