"""Telegram's page quotes the bot as it speaks: every text to look an error up by is in the code."""

import ast
import re
from functools import cache

import pytest

from bot.docs.__main__ import ROOT
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from tests.architecture.source import modules, name, nodes, tree

PAGE = (ROOT / "docs/telegram.md").read_text(encoding="utf-8")
TROUBLES = PAGE.partition("## Troubleshooting")[2]


def plain(text: str) -> str:
    """Text on one line, as it reads without quotation marks of a block."""
    return re.sub(r"\s+", " ", re.sub(r"(?m)^ *> ?", "", text))


@cache
def said_in(package: str) -> str:
    """Every string of a package, one after the other; what is worked out at run time is a gap between two."""
    found = [node for file in modules() if name(file).startswith(package) for node in nodes(tree(file))]
    return "\n".join(node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str))


def unsaid(troubles: str, platform: str) -> list[str]:
    """What the troubles on a page quote of the bot, and neither the bot nor the platform's adapter says."""
    said = "\n".join((said_in(f"adapters/{platform}/"), said_in("bot/")))
    quoted = re.findall("“(.*?)”", plain(troubles))
    assert len(quoted) > 10
    parts = {words: [part.strip() for part in words.split("…") if part.strip()] for words in quoted}
    return [words for words, found in parts.items() if not found or any(part not in said for part in found)]


def test_every_trouble_is_quoted_as_the_bot_says_it() -> None:
    assert unsaid(TROUBLES, "telegram") == []


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
