"""A community's own words for kinds, areas and statuses, layered over the catalogues."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from babel.support import NullTranslations

from bot.locales.presets import REGISTER
from bot.locales.speech import Languages, Speech
from bot.locales.words import Preset

Own = Mapping[str, Mapping[str, str]]
"""By language and usual English word, the word in its place."""


class Layer(NullTranslations):
    """A catalogue that replaces some translations of the catalogue below it."""

    def __init__(self, own: Mapping[str, str], below: NullTranslations) -> None:
        super().__init__()
        self._own, self._below = own, below

    def gettext(self, message: str) -> str:
        """The replaced translation, else that of the catalogue below."""
        return self._own.get(message) or self._below.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation of the catalogue below: counted messages are never replaced."""
        return self._below.ngettext(msgid1, msgid2, n)


class Known(NamedTuple):
    """What identifies a community in its settings."""

    id: int
    key: str
    name: str


class Wording:
    """The words of all communities, kept in memory because every message needs them.

    Args:
        languages: the usual words.
    """

    def __init__(self, languages: Languages) -> None:
        self._languages = languages
        self._speeches: dict[int, Mapping[str, Speech]] = {}
        self._known: dict[str, Known] = {}
        self._presets: dict[int, Preset | None] = {}

    def put(self, community: Known, own: Own, preset: Preset | None) -> None:
        """Use these words, and the preset chosen in chat, for a community from now on."""
        self._known[community.key], self._presets[community.id] = community, preset
        self._speeches[community.id] = {
            code: speech.worded(partial(Layer, _with_labels(own[code], code))) if own.get(code) else speech
            for code, speech in self._languages.all().items()
        }

    def known(self, key: str | None) -> Known | None:
        """The community with this key; without a key, the only community."""
        if key is None:
            return next(iter(self._known.values())) if len(self._known) == 1 else None
        return self._known.get(key)

    def preset(self, community_id: int) -> Preset | None:
        """The preset chosen in chat; None for none."""
        return self._presets.get(community_id)

    def speech(self, community_id: int | None, *preferred: str | None) -> Speech:
        """The first of these languages that the product has, else the source language, in the community's words."""
        usual = self._languages.speech(*preferred)
        return self._speeches.get(community_id or 0, {}).get(usual.language, usual)

    def understood(self, community_id: int | None) -> Mapping[str, Speech]:
        """The languages in which words are recognised: the usual ones, and those with the community's words."""
        own = self._speeches.get(community_id or 0, {})
        usual = self._languages.all()
        layered = {f"{code}*": speech for code, speech in own.items() if speech is not usual[code]}
        return {**layered, **usual} if layered else usual

    def spoken(self) -> tuple[Speech, ...]:
        """Every language in every community's words."""
        return tuple(speech for own in self._speeches.values() for speech in own.values())


def merged(preset: str | None, chat: Own, file: Own) -> Own:
    """The words in force: the settings' file takes precedence over words set in chat, and these over the preset."""
    usual = REGISTER.get(Preset(preset), {}) if preset else {}
    return {
        code: {**usual.get(code, {}), **chat.get(code, {}), **file.get(code, {})} for code in {*usual, *chat, *file}
    }


def _with_labels(own: Mapping[str, str], language: str) -> dict[str, str]:
    """The words, with the labels of buttons and headings that are derived from those for kinds."""
    several = {f"{kind}s": _plural(own[kind], language) for kind in ("suggestion", "problem") if kind in own}
    own = {**several, **own}
    found = dict(own)
    for kind in ("suggestion", "problem", "praise"):
        if word := own.get(kind):
            label = _begun(word)
            found |= dict.fromkeys((_begun(kind), f"A {kind}", f"As a {kind}"), label)
            found[f"As a {kind}: {{seen}}"] = f"{label}: {{seen}}"
    for kind in ("suggestions", "problems"):
        if word := own.get(kind):
            found[f"{_begun(kind)} {{n}}"] = f"{_begun(word)} {{n}}"
    if word := own.get("praise"):
        found["Praise {n}"] = f"{_begun(word)} {{n}}"
        found.setdefault("messages of praise", word)
    return found


def _plural(word: str, language: str) -> str:
    """The regular plural of a word; unchanged if it is several words, as any of them could take the ending."""
    if " " in word:
        return word
    if language == "fr":
        return word if word.endswith(("s", "x", "z")) else f"{word}{'x' if word.endswith(('au', 'eu', 'œu')) else 's'}"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _begun(word: str) -> str:
    """A word with a capital, to begin a label."""
    return word[:1].upper() + word[1:]
