"""Telegram's page quotes the bot as it speaks: every text to look an error up by is in the code."""

import ast
import re
from functools import cache

import pytest

from bot.docs.__main__ import ROOT
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES

PAGE = (ROOT / "docs/telegram.md").read_text(encoding="utf-8")
TROUBLES = PAGE.partition("## Troubleshooting")[2]


def plain(text: str) -> str:
    """Text on one line, as it reads without quotation marks of a block."""
    return re.sub(r"\s+", " ", re.sub(r"(?m)^ *> ?", "", text))


@cache
def said_in_the_code() -> str:
    """Every string of the code, one after the other; what is worked out at run time is a gap between two."""
    files = [file for package in ("adapters/telegram", "bot") for file in (ROOT / package).rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    return "\n".join(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("quoted", re.findall("“(.*?)”", plain(TROUBLES)))
def test_a_trouble_is_quoted_as_the_bot_says_it(quoted: str) -> None:
    parts = [part.strip() for part in quoted.split("…") if part.strip()]
    assert parts
    assert [part for part in parts if part not in said_in_the_code()] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_samples_are_what_members_see(language: str) -> None:
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
    assert [words for words in (start, detour, *labels) if plain(words) not in page] == []
