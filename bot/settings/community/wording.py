"""The settings of a community's preset and of its own words for kinds, areas and statuses."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from bot.locales.presets import areas_of
from bot.locales.speech import Languages
from bot.locales.terms import Fault, fault, terms, tidy
from bot.locales.wording import Known, Wording, merged
from bot.settings.values import Language

LOCALES = Path(__file__).parents[2] / "locales"
MEANINGS: dict[Fault, str] = {
    "empty": "has no letters",
    "long": "has more than 40 characters",
    "signs": "has signs other than letters, digits, spaces and , ' - ! ? ( ) & %",
    "taken": "is too like the word for something else",
}


def fill_areas(value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """The areas; where none are named, those of the preset."""
    return value or areas_of(info.data.get("preset"))


def check_words(value: dict[str, dict[str, str]], info: ValidationInfo) -> dict[str, dict[str, str]]:
    """Refuse a word for what is not known, one that only one language has, and one that does not fit."""
    areas = tuple(info.data.get("areas", ()))
    known, own = terms(areas), {code: {key: tidy(word) for key, word in words.items()} for code, words in value.items()}
    if not own:
        return own
    languages = Languages(LOCALES)
    for code, words in own.items():
        for term in words:
            if term not in known:
                raise ValueError(f"have no word {term}: there is {', '.join(known)}")
            if lacking := [other for other in languages.codes if term not in own.get(other, {})]:
                raise ValueError(f"have {term} in {code} and not in {lacking[0]}: both languages need it")
    wording = Wording(languages)
    wording.put(Known(1, "", ""), merged(info.data.get("preset"), {}, own), None)
    for code, words in own.items():
        for term, word in words.items():
            if found := fault(term, word, areas, wording.understood(1).values()):
                raise ValueError(f"have {term} in {code} as {word!r}, which {MEANINGS[found[0]]} {found[1]}".rstrip())
    return own


Areas = Annotated[tuple[str, ...], AfterValidator(fill_areas)]
Words = Annotated[dict[Language, dict[str, str]], AfterValidator(check_words)]
