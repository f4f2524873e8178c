from collections.abc import Callable
from functools import partial
from typing import Any

import discord
import pytest

from tests.sockets.discord.events import guild, member, user
from tests.sockets.fakes.discord.gateway import intents
from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import checks, commands
from tests.sockets.fakes.discord.rest.refusals import Refused
from tests.sockets.fakes.discord.snowflakes import Snowflakes
from tests.sockets.fakes.discord.world import BOT, MEMBERS, World
from tests.sockets.fakes.journal import Upload

JSON = dict[str, Any]


def command(name: str, **more: Any) -> JSON:
    return {"name": name, "description": "Words", **more}


def option(name: str, **more: Any) -> JSON:
    return {"name": name, "description": "Words", "type": 3, **more}


LONG = {"name": "o", "value": "v" * 100}
WRONG_COMMANDS: list[list[JSON]] = [
    [command("Upper")],
    [command("two words")],
    [command("x" * 33)],
    [command("x", description="")],
    [command("x", description="x" * 101)],
    [command("x", name_localizations={"fr": "É"})],
    [command("x", name_localizations={"french": "x"})],
    [command("x", description_localizations={"fr": "x" * 101})],
    [command("x"), command("x")],
    [command(f"x{number}") for number in range(101)],
    [command(f"x{number}", type=3, description="") for number in range(16)],
    [command("Pass on", type=3)],
    [command("x" * 33, type=3, description="")],
    [command("x", options=[option(f"o{number}") for number in range(26)])],
    [command("x", options=[option("o"), option("o")])],
    [command("x", options=[option("o"), option("p", required=True)])],
    [command("x", options=[option("o", choices=[LONG] * 26)])],
    [command("x", options=[option("o", choices=[{"name": "x" * 101, "value": "v"}])])],
    [command("x", options=[option("o", choices=[{"name": "x", "value": "v"}], autocomplete=True)])],
    [command("x", options=[option(f"o{number}", choices=[LONG] * 7) for number in range(12)])],
]


def refuses(check: Callable[[], object], words: str = "") -> bool:
    """Whether something is refused as Discord refuses it, with these words."""
    try:
        check()
    except Refused as refused:
        return words in str(refused)
    return False


def test_commands_are_refused_as_discord_refuses_them() -> None:
    assert [
        wanted for wanted in WRONG_COMMANDS if not refuses(partial(commands.check, wanted), "Invalid Form Body")
    ] == []


def test_commands_within_the_limits_are_taken() -> None:
    accented = command(
        "problème", name_localizations={"fr": "d-été'_"}, options=[option("o", required=True), option("p")]
    )
    commands.check(
        [accented, command("Passer à l’équipe", type=3, description=""), command("problème", type=2, description="")]
    )


def put(world: World, *wanted: JSON) -> list[JSON]:
    return commands.put_commands(world, Call("put_commands", {"application": str(BOT)}, payload=list(wanted)))


def test_two_hundred_new_commands_a_day_are_taken_and_known_ones_do_not_count() -> None:
    world = World()
    world.creates[0] = 199
    for _ in range(2):
        assert len(put(world, command("a"))) == 1
    with pytest.raises(Refused) as caught:
        put(world, command("a"), command("b"))
    assert (caught.value.status, caught.value.code) == (429, 30034)
    assert [one["name"] for one in world.commands[0]] == ["a"]


def button(number: int = 1, **more: Any) -> JSON:
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": f"pv:{number}", **more}


def row(*buttons: JSON) -> JSON:
    return {"type": 1, "components": list(buttons)}


FIELD = {"name": "n", "value": "v" * 1024}
WRONG_MESSAGES: list[JSON] = [
    {"content": ""},
    {"content": " \n"},
    {"content": "x" * 2001},
    {"content": "x", "nonce": "x" * 26, "enforce_nonce": True},
    {"components": [row(button(number)) for number in range(6)]},
    {"components": [row(*(button(number) for number in range(6)))]},
    {"components": [row()]},
    {"components": [button()]},
    {"components": [row(button(label="x" * 81))]},
    {"components": [row(button(label=""))]},
    {"components": [row(button(custom_id=""))]},
    {"components": [row(button(custom_id="x" * 101))]},
    {"components": [row(button(), button())]},
    {"components": [row({"type": 3, "custom_id": "s", "options": []})]},
    {"components": [row({"type": 3, "custom_id": "s", "options": [{"label": "x" * 101, "value": "v"}]})]},
    {"embeds": [{"title": "x"}] * 11},
    {"embeds": [{"title": "x" * 257}]},
    {"embeds": [{"description": "x" * 4097}]},
    {"embeds": [{"fields": [{"name": "x", "value": ""}]}]},
    {"embeds": [{"fields": [{"name": "x", "value": "y"}] * 26}]},
    {"embeds": [{"footer": {"text": "x" * 2049}}]},
    {"embeds": [{"fields": [FIELD] * 3}, {"fields": [FIELD] * 3}]},
    {"flags": 1 << 15, "content": "x", "components": [{"type": 10, "content": "x"}]},
    {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41},
    {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4001}]},
]


def test_messages_are_refused_as_discord_refuses_them() -> None:
    assert [payload for payload in WRONG_MESSAGES if not refuses(partial(checks.message, payload, []))] == []


def test_messages_within_the_limits_are_taken() -> None:
    rows = [row(*(button(5 * number + place, label="x" * 80) for place in range(5))) for number in range(5)]
    link = row({"type": 2, "style": 5, "label": "Read", "url": "https://example.org"})
    checks.message({"content": "é" * 2000, "components": rows, "nonce": "x" * 25}, [])
    checks.message({"embeds": [{"fields": [FIELD] * 5}], "components": [link]}, [])
    checks.message({"content": ""}, [Upload("a.png", "image/png", b"png")])
    checks.message(
        {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": "x"}] * 39}]}, []
    )


def field(**more: Any) -> JSON:
    return {"type": 18, "label": "Words", "component": {"type": 4, "style": 1, "custom_id": "words"}, **more}


WRONG_MODALS: list[JSON] = [
    {"title": ""},
    {"title": "x" * 46},
    {"custom_id": ""},
    {"components": []},
    {"components": [field(component={"type": 4, "custom_id": str(number)}) for number in range(6)]},
    {"components": [field(label="x" * 46)]},
    {"components": [field(description="x" * 101)]},
    {"components": [field(component={"type": 4, "custom_id": "w", "placeholder": "x" * 101})]},
    {"components": [field(component={"type": 3, "custom_id": "w", "options": []})]},
    {"components": [field(), field()]},
    {"components": [button()]},
]


def test_modals_are_refused_as_discord_refuses_them() -> None:
    right: JSON = {"title": "A suggestion", "custom_id": "m", "components": [field()]}
    checks.modal(right)
    assert [wrong for wrong in WRONG_MODALS if not refuses(partial(checks.modal, {**right, **wrong}))] == []


def test_a_guild_is_told_without_its_members_unless_the_intent_is_given() -> None:
    plaza = guild(1 << 30, members=[member(user(7))])
    told = [intents.shaped("GUILD_CREATE", plaza, 1 | asked)["members"] for asked in (0, MEMBERS)]
    assert [[one["user"]["id"] for one in members] for members in told] == [[str(BOT)], [str(BOT), "7"]]


def test_an_event_is_told_to_those_with_its_intent() -> None:
    events: dict[str, JSON] = {"MESSAGE_CREATE": {"guild_id": "1"}, "MESSAGE_DELETE": {}, "GUILD_DELETE": {}}
    for asked, told in ((1 << 9, [1, 0, 0]), (1 << 12, [0, 1, 0]), (1, [0, 0, 1])):
        assert [intents.wanted(event, data, asked) for event, data in events.items()] == told
    assert intents.wanted("INTERACTION_CREATE", {}, 0)


def test_ids_grow_and_tell_their_moment() -> None:
    new_id = Snowflakes(worker=1)
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    age = discord.utils.utcnow() - discord.utils.snowflake_time(made[0])
    assert abs(age.total_seconds()) < 60
    assert [Snowflakes(worker)() >> 17 & 31 for worker in (1, 2)] == [1, 2]
