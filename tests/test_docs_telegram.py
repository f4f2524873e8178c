"""Telegram's page shows what members see."""

import re

from bot.docs.__main__ import ROOT
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES

PAGE = (ROOT / "docs/telegram.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """A text on one line, without the quotation marks of a block."""
    return re.sub(r"\s+", " ", re.sub(r"(?m)^ *> ?", "", text))


def test_the_samples_are_what_members_see() -> None:
    cases: list[str] = ["en", "fr"]
    for language in cases:
        speech = Languages(LOCALES).speech(language)
        team = speech.say("the team of {community}", community="Plaza")
        start = speech.say(
            "This bot carries your voice to {team}, answers from what they wrote, and tells you what became of it. "
            "/help shows everything; /privacy what is kept.",
            team=team,
        )
        detour = speech.say("This is between you and the bot. Open your chat with it, and press Start.")
        labels = [f"`[{speech.say(word)}]`" for word in ("Ask", "Suggest", "Problem", "Edit", "Withdraw", "Team only")]
        page = plain(PAGE)
        assert [words for words in (start, detour, *labels) if plain(words) not in page] == [], language
