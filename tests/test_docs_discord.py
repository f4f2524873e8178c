"""Discord's page shows what members see, and asks for what the link asks for."""

import re

import pytest

from adapters.discord.commands.definitions import MENUS
from adapters.discord.needs import NEEDS, SCOPES
from bot.docs.__main__ import ROOT
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from tests.test_docs_telegram import plain

PAGE = (ROOT / "docs/discord.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_samples_are_what_members_see(language: str) -> None:
    speech = Languages(LOCALES).speech(language)
    asked = (
        speech.say("Done: this place belongs to {community}.", community="Plaza"),
        speech.say("Done: the digests of {community} come here.", community="Plaza"),
        f"**{speech.say('What would you suggest?')}**",
        *(speech.say(label) for label in ("Your words", "Area", "Who sees it")),
        *(f"*{speech.say(entry)}*" for entry in MENUS),
        speech.say(
            "What you wrote was passed on to the team as #{number}. Only the team sees it, with your name.", number=3
        ),
        *(f"`[{speech.say(label)}]`" for label in ("Edit", "Withdraw", "Without my name", "Team only", "Take it back")),
    )
    page = plain(PAGE)
    assert [words for words in asked if plain(words) not in page] == []


def test_the_rights_and_scopes_are_those_of_the_link() -> None:
    table = PAGE.partition("| Permission |")[2].partition("\n\n")[0]
    assert re.findall(r"(?m)^\| ([A-Z].+?) \|", table) == [name for name, _ in NEEDS.values()]
    assert [scope for scope in SCOPES if f"`{scope}`" not in PAGE] == []
