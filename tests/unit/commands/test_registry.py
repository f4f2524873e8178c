"""Commands read from typed functions, and the limits of the platforms that show them."""

import re

import pytest

from bot.catalogue import registry
from bot.commands.registry import LABELS, AreaName, Command, LongText, Number, Registry, Shape, ShortText, Token
from bot.context import Context
from bot.locales.words import AREAS, WORDS, LanguageChoice
from bot.ports.inbound import Role
from bot.ports.reply import Reply, say

COMMANDS = registry().commands
LISTED = [command for command in COMMANDS if command.listed]
NAME = re.compile(r"[a-z0-9_]{1,32}\Z")
"""What both platforms take: Telegram's menu allows no more, Discord's is wider."""


async def knock(ctx: Context) -> Reply:
    """Knock on the door."""
    return say("Who is there?")


async def order(
    ctx: Context,
    number: Number,
    text: LongText,
    area: AreaName | None = None,
    reason: ShortText = "",
    language: LanguageChoice = LanguageChoice.AUTO,
    draft: Token | None = None,
) -> Reply:
    """Order something.

    Only the first line is a summary.
    """
    return say("Coming.")


def test_a_clash_of_names_names_both_owners() -> None:
    with pytest.raises(ValueError, match=r"/knock .*\bdoor and bell\b"):
        Registry((Command("door", knock, aliases=("knock",)), Command("bell", knock, {"fr": "knock"})))


def test_names_that_differ_by_case_or_accents_clash_too() -> None:
    with pytest.raises(ValueError, match="idea and thought"):
        Registry((Command("idea", knock, aliases=("idee",)), Command("thought", knock, aliases=("Idée",))))


def test_a_command_is_found_by_any_name_whatever_its_case_and_accents() -> None:
    found = registry()
    names = ("suggest", "SUGGEST", "suggerer", "Suggérer", "idée", " idea ")
    assert all(found.find(name) is found.commands[0] for name in names)
    assert found.find("nonsense") is None


def test_parameters_are_read_from_the_signature() -> None:
    parameters = Command("order", order).parameters
    assert [(one.name, one.shape, one.required) for one in parameters] == [
        ("number", Shape.NUMBER, True),
        ("text", Shape.LONG, True),
        ("area", Shape.AREA, False),
        ("reason", Shape.SHORT, False),
        ("language", Shape.CHOICE, False),
        ("draft", Shape.HIDDEN, False),
    ]
    assert parameters[4].choices == tuple(LanguageChoice)


def test_the_summary_is_the_first_line_of_the_docstring() -> None:
    assert Command("order", order).summary == "Order something."


def test_what_is_listed_depends_on_the_role() -> None:
    found = registry()
    names = {role: [command.name for command in found.listed(role)] for role in Role}
    assert "suggest" in names[Role.MEMBER]
    assert "queue" not in names[Role.MEMBER]
    assert "queue" in names[Role.MODERATOR]
    assert names[Role.STAFF][: len(names[Role.MEMBER])] == names[Role.MEMBER]
    assert "cancel" not in names[Role.STAFF]


def test_a_command_has_a_summary_that_fits_every_menu() -> None:
    """Discord shows a description of at most 100 characters."""
    summaries = {command.name: command.summary for command in COMMANDS}
    assert {name: said for name, said in summaries.items() if not 1 <= len(said) <= 100} == {}
    assert {name: said for name, said in summaries.items() if not said.endswith(".")} == {}


def test_a_listed_command_has_a_french_name() -> None:
    assert [command.name for command in LISTED if "fr" not in command.names] == []


def test_every_name_of_a_command_fits_both_platforms() -> None:
    assert [name for command in COMMANDS for name in command.all_names if not NAME.match(name)] == []


def test_what_a_person_fills_in_has_a_label() -> None:
    shown = {(one.name, p.name) for one in COMMANDS for p in one.parameters if p.shape is not Shape.HIDDEN}
    assert {(command, name) for command, name in shown if name not in LABELS} == set()


def test_required_parameters_come_first_as_discord_demands() -> None:
    required = {command.name: [one.required for one in command.parameters] for command in COMMANDS}
    assert required == {name: sorted(those, reverse=True) for name, those in required.items()}


def test_a_command_that_requires_something_knows_how_to_ask_for_it() -> None:
    requiring = [command for command in LISTED if any(one.required for one in command.parameters)]
    assert [command.name for command in requiring if not command.asks] == []


def test_choices_and_areas_fit_discords_twenty_five() -> None:
    offered = [one.choices for command in COMMANDS for one in command.parameters]
    assert all(len(choices) <= 25 for choices in offered)
    assert len(AREAS) <= 25


def test_labels_fit_a_form() -> None:
    assert all(1 <= len(label) <= 45 for label in LABELS.values()), "Discord's forms take 45 characters"


def test_there_are_no_more_commands_than_platforms_take() -> None:
    assert len(LISTED) <= 100, "both Discord and Telegram stop at 100"


def test_every_name_leads_back_to_its_command() -> None:
    found = registry()
    assert all(found.find(name) is command for command in found.commands for name in command.all_names)


def test_choices_have_words() -> None:
    offered = {choice for command in COMMANDS for one in command.parameters for choice in one.choices}
    assert offered <= set(WORDS)
