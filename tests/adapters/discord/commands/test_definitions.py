"""The commands Discord shows: within its limits, in both languages, and registered only when they differ."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.discord.commands import sync
from adapters.discord.commands.definitions import MENUS, definitions
from adapters.discord.names import ACCENTED, FRENCH
from bot.commands.registry import Shape
from bot.core import Core
from bot.language.text.normalise import fold
from bot.ports.inbound import Role
from bot.settings.connections import DiscordSettings, Scope
from tests.adapters.discord.stage import DiscordStage, discord_stage

JSON = dict[str, Any]
NAME = re.compile(r"[-_\w]{1,32}")
"""Discord's rule for slash commands and options, which are in lower case too."""
SLASH, MESSAGE = 1, 3
PUT = "PUT"


@pytest.fixture
def made(core: Core) -> list[JSON]:
    return definitions(core)


def slash(made: list[JSON]) -> list[JSON]:
    return [one for one in made if one["type"] == SLASH]


def named(made: list[JSON], name: str) -> JSON:
    return next(one for one in made if one["name"] == name)


def parts(made: list[JSON]) -> Iterator[JSON]:
    """Every command, option and choice."""
    for one in made:
        yield one
        for option in one.get("options", ()):
            yield option
            yield from option.get("choices", ())


def names(part: JSON) -> list[str]:
    return [part["name"], *(part["name_localizations"] or {}).values()]


def test_names_are_what_discord_takes_and_none_is_there_twice_in_any_language(core: Core, made: list[JSON]) -> None:
    for one in slash(made):
        for part in (one, *one["options"]):
            for name in names(part):
                assert NAME.fullmatch(name), name
                assert name == name.lower()
    for one in made:
        assert all(1 <= len(name) <= 32 for name in names(one))
    for kind in (SLASH, MESSAGE):
        own = [one for one in made if one["type"] == kind]
        for language in ("en", "fr"):
            said = [(one["name_localizations"] or {}).get(language, one["name"]) for one in own]
            assert len(set(said)) == len(said)
            for one in own:
                options = [(x["name_localizations"] or {}).get(language, x["name"]) for x in one.get("options", ())]
                assert len(set(options)) == len(options)
    typed = [command for command in core.registry.commands if command.typed]
    open_to_all = {item.name for one in typed for item in one.parameters if item.shape != Shape.HIDDEN}
    assert {*open_to_all, "file"} <= FRENCH.keys(), "every option has a French name"


def test_descriptions_are_there_in_both_languages_short_enough_and_not_cut(core: Core, made: list[JSON]) -> None:
    for one in slash(made):
        command = core.registry.find(one["name"])
        assert command
        assert one["description"] == command.summary
        for part in (one, *one["options"]):
            english, french = part["description"], part["description_localizations"]["fr"]
            assert english != french or part["name"] in ("question", "code"), part["name"]
            assert all(1 <= len(text) <= 100 for text in (english, french))
    suggest = named(made, "suggest")
    assert suggest["name_localizations"] == {"fr": "suggérer"}
    audience = next(option for option in suggest["options"] if option["name"] == "audience")
    assert audience["name_localizations"] == {"fr": "visible-par"}
    assert all(choice["name_localizations"]["fr"] for choice in audience["choices"])
    assert named(made, "Pass on to the team")["name_localizations"] == {"fr": "Transmettre à l’équipe"}


def test_numbers_and_lengths_are_within_the_limits_and_the_words_optional_so_that_the_form_can_ask_for_them(
    made: list[JSON],
) -> None:
    assert len(slash(made)) <= 100
    assert len([one for one in made if one["type"] == MESSAGE]) <= 5
    for one in slash(made):
        assert len(one["options"]) <= 25
        required = [option["required"] for option in one["options"]]
        assert required == sorted(required, reverse=True)
        for option in one["options"]:
            choices = option.get("choices", ())
            assert not (option.get("autocomplete") and choices)
            assert len(choices) <= 25
            for choice in choices:
                assert all(1 <= len(name) <= 100 for name in names(choice))
                assert len(choice["value"]) <= 100
    for one in made:
        assert sum(len(part["name"]) + len(part.get("description", "")) for part in parts([one])) <= 8_000
    for name, option in (("suggest", "text"), ("problem", "text"), ("praise", "text"), ("ask", "question")):
        assert not next(one for one in named(made, name)["options"] if one["name"] == option)["required"]


def test_every_command_people_see_elsewhere_is_there_and_setup_too(core: Core, made: list[JSON]) -> None:
    shown = {command.name for command in core.registry.listed(Role.STAFF)} | {
        *("setup", "community", "cancel", "start", "join", "link", "unlink")
    }
    assert {one["name"] for one in slash(made)} == shown


def test_french_names_have_their_accents_and_are_understood_with_and_without(core: Core, made: list[JSON]) -> None:
    french = {one["name"]: one["name_localizations"]["fr"] for one in slash(made) if one["name_localizations"]}
    assert french["problem"] == "problème"
    for name, shown in french.items():
        assert core.registry.find(shown) is core.registry.find(fold(shown)) is core.registry.find(name), shown
    for plain, accented in ACCENTED.items():
        assert fold(accented) == plain
        assert core.registry.find(plain), plain


def test_entries_of_menus_are_of_messages_in_guilds_and_what_is_done_to_members_messages_is_hidden_from_them(
    made: list[JSON],
) -> None:
    for one in made:
        if one["name"] in MENUS:
            assert (one["type"], one["contexts"]) == (MESSAGE, [0])
            assert "description" not in one
    assert named(made, "Pass on to the team")["default_member_permissions"] == str(1 << 13)
    assert named(made, "Answer from knowledge")["default_member_permissions"] is None
    # Discord hides a command by a permission alone, and in every channel; who may run it, the policy decides.
    assert {one["default_member_permissions"] for one in slash(made)} == {None}


def test_where_roles_moderate_nothing_is_hidden(core: Core) -> None:
    own = core.settings.model_copy(update={"discord": DiscordSettings(moderator_roles=(7,))})
    made = definitions(replace(core, settings=own))
    assert {one["default_member_permissions"] for one in made} == {None}


CHANGES: tuple[Callable[[JSON], object], ...] = (
    lambda one: one.update(description="Older."),
    lambda one: one["description_localizations"].update(fr="Avant."),
    lambda one: one["name_localizations"].clear(),
    lambda one: one["options"].pop(),
    lambda one: one["options"][0].update(required=True),
    lambda one: one["options"][0].update(max_length=100),
    lambda one: one["options"][0].update(min_length=5),
    lambda one: one["options"][1].update(autocomplete=False),
    lambda one: one["options"][2]["choices"].pop(),
    lambda one: one.update(default_member_permissions="8"),
    lambda one: one.update(contexts=[0]),
)
"""What may be another in a command that Discord has."""


def test_what_differs_is_seen(core: Core) -> None:
    for number, change in enumerate(CHANGES):
        held = definitions(core)
        change(named(held, "suggest"))
        assert not sync.are_same(held, definitions(core)), number


def test_what_discord_adds_makes_no_difference(core: Core) -> None:
    held = [{**one, "id": "1", "version": "2", "nsfw": False, "dm_permission": True} for one in definitions(core)]
    for one in held:
        for option in one.get("options", ()):
            option.pop("required", None) if not option["required"] else None
    assert sync.are_same(list(reversed(held)), definitions(core))
    assert not sync.are_same(held[1:], definitions(core))
    assert not sync.are_same([*held, {"type": SLASH, "name": "old", "description": "Old."}], definitions(core))


def puts(stage: DiscordStage) -> list[str]:
    return [one.path for one in stage.env.http_requests if one.method == PUT]


async def test_the_first_start_registers_them_everywhere_the_next_one_nothing_and_a_stale_guild_heals(
    discord: DiscordStage,
) -> None:
    everywhere = f"/applications/{discord.env.backend.application_id}/commands"
    assert puts(discord) == [everywhere]
    asked = [one for one in discord.env.http_requests if one.method == "GET" and one.path.endswith("/commands")]
    assert asked
    assert all(one.params == {"with_localizations": 1} for one in asked), "their translations are asked for"
    await discord.restart()
    assert puts(discord) == [everywhere]
    old = [{"name": "old", "type": SLASH, "description": "Old."}]
    discord.env.backend.register_commands(discord.guild.id, old)
    await discord.restart()
    assert not discord.env.backend.commands[discord.guild.id]


async def test_in_guilds_they_are_registered_for_each_also_when_joined_later_and_nowhere_else(core: Core) -> None:
    async with discord_stage(core, commands=Scope.GUILD) as stage:
        held = stage.env.backend.commands
        assert len(held[stage.guild.id]) == len(definitions(stage.core))
        assert not held.get(None)
        before = puts(stage)
        await stage.restart()
        assert puts(stage) == before
        other = stage.join("Agora")
        other.create_text_channel("general")
        await stage.env.settle()
        assert len(held[other.id]) == len(definitions(stage.core))
        assert not stage.messages()


async def test_a_guild_that_refuses_keeps_back_no_other(core: Core) -> None:
    async with discord_stage(core, commands=Scope.GUILD) as stage:
        other = stage.env.create_guild("Agora")
        await stage.env.settle()
        for guild in (stage.guild.id, other.id):
            stage.env.backend.commands[guild] = {}
        stage.env.inject_error("GET", f"/applications/*/guilds/{stage.guild.id}/commands", status=403, code=50001)
        await stage.restart()
        assert stage.env.backend.commands[other.id]
