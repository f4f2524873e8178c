"""`doctor` on Discord: the token, the portal's settings, the gateway and the commands."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from tests.cli.conftest import Shell
from tests.cli.doctor.clinic import Begun
from tests.cli.doctor.discord_clinic import PLACE, SERVER, STAFF, TOKEN, TOWN, connected, finds, notes, report, sound
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.faults import broken, dropped, page, revoked
from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.world import BOT, CONTENT, JSON


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDiscord]:
    with connected(monkeypatch) as server:
        yield server


@pytest.fixture
def well(shell: Shell, fake: FakeDiscord, begun: Begun) -> Shell:
    return sound(shell, fake, begun)


def test_when_all_is_well_every_line_says_so(well: Shell, fake: FakeDiscord) -> None:
    found = report(well)
    assert found["mend"] == {}
    assert list(found["ok"]) == [
        "discord token",
        "discord message content",
        "discord interactions",
        "discord adding",
        "discord privacy policy",
        "discord gateway",
        "discord commands",
        STAFF,
        PLACE,
    ]
    # Nothing is posted or changed there, and nobody logs in.
    assert {call.method.partition("_")[0] for call in fake.journal.calls} == {"get"}
    assert fake.gateway.seen == {}
    assert fake.journal.unknown == []
    fake.journal.calls.clear()
    well.types("doctor", "--offline")
    assert fake.journal.calls == []


def test_what_is_no_token_is_told_and_not_sent_and_so_is_one_that_is_refused(well: Shell, fake: FakeDiscord) -> None:
    for wrong in (f"Bot {TOKEN}", "jeton-é"):
        finds(well, "discord token", "a token is one word", PORTEVOIX_DISCORD__TOKEN=wrong)
    assert fake.journal.calls == []
    # Without a database the token and the portal are looked at, too.
    found = report(well, PORTEVOIX_DATABASE="sqlite:///none.db")["ok"]
    assert "portevoix" in found["discord token"]
    assert "discord commands" not in found
    fake.bad_tokens.add(TOKEN)
    finds(well, "discord token", "Discord knows no bot of this token", "Reset Token")


def test_a_discord_that_does_not_answer_or_is_none_is_told_and_not_waited_for_without_end(
    well: Shell, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    mute = ("/api/v10 does not answer", "discord.api_url and discord.proxy")
    other = ("does not answer (what answers there is not Discord)", "discord.api_url")
    for operation, fault, words in (
        ("get_me", dropped(), (*mute, "ServerDisconnectedError")),
        ("get_me", page(503, "<h1>Busy</h1>"), (*mute, "503 <h1>Busy</h1>")),
        ("get_me", page(200, "<html>Welcome</html>"), other),
        ("get_me", page(200, '{"ok": true}'), other),
        # One that fails on the way, and a token that is revoked then.
        ("get_guild", broken(503), ("does not answer", "503")),
        ("get_application", revoked(), ("does not answer", "401")),
    ):
        fake.faults.clear()
        fake.fail(operation, fault, times=None)
        finds(well, "discord", *words)
    fake.faults.clear()
    monkeypatch.setattr("adapters.discord.checkup.TIMEOUT", 0.0)
    finds(well, "discord", "does not answer", "TimeoutError")


def test_what_is_no_address_is_told_before_anything_is_asked_and_a_proxy_without_its_password(
    well: Shell, fake: FakeDiscord
) -> None:
    for name, wrong in (("PROXY", "nonsense"), ("GATEWAY_URL", "ws://127.0.0.1:99999/")):
        variable = f"PORTEVOIX_DISCORD__{name}"
        said = well.types("doctor", **{variable: wrong})
        told = f"mend  settings: cannot be read. To mend: Setting discord.{name.lower()} ({variable}): must be"
        assert told in said.out, name
        assert fake.journal.calls == [], name
    through = f"http://ana:hunter2@127.0.0.1:{fake.port}"
    said = well.types("doctor", PORTEVOIX_DISCORD__PROXY=through, PORTEVOIX_DISCORD__GATEWAY_URL=fake.gateway_url)
    assert "through the proxy 127.0.0.1" in said.out
    assert "hunter2" not in said.out + said.err
    # So is one that does not answer.
    finds(well, "discord", "does not answer", "discord.proxy", PORTEVOIX_DISCORD__PROXY="http://127.0.0.1:1")


def test_a_gateway_out_of_reach_or_that_hangs_up_is_told(
    well: Shell, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    finds(well, "discord gateway", "does not answer", "websockets", PORTEVOIX_DISCORD__GATEWAY_URL="ws://127.0.0.1:1/")
    fake.fail("gateway", page(403, "no upgrade here"), times=1)
    finds(well, "discord gateway", "does not answer (WSServerHandshakeError)")

    async def hang_up(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close()
        return socket

    monkeypatch.setattr(fake.gateway, "serve", hang_up)
    finds(well, "discord gateway", "127.0.0.1 hangs up", "discord.gateway_url")


def test_message_content_is_to_be_on_where_it_is_wanted(well: Shell, fake: FakeDiscord) -> None:
    about, wanted = "discord message content", {"PORTEVOIX_DISCORD__MESSAGE_CONTENT": "true"}
    notes(well, about, "off, and not needed")
    finds(
        well, about, "Discord refuses the bot", "Message Content Intent", "discord.message_content to false", **wanted
    )
    fake.world.privileged = CONTENT
    notes(well, about, "on, as discord.message_content says", **wanted)
    notes(well, about, "not used", "may be switched off")


def test_a_help_channel_that_is_not_read_or_seen_is_told(well: Shell, fake: FakeDiscord) -> None:
    named = {"PORTEVOIX_DISCORD__HELP_CHANNELS": f"[{TOWN}]"}
    finds(well, "discord message content", "nothing is read in discord.help_channels", **named)
    fake.world.privileged = CONTENT
    notes(well, f"discord place {TOWN}", "“town”", **named, PORTEVOIX_DISCORD__MESSAGE_CONTENT="true")
    fake.world.privileged = CONTENT
    named = {"PORTEVOIX_DISCORD__HELP_CHANNELS": "[777]", "PORTEVOIX_DISCORD__MESSAGE_CONTENT": "true"}
    finds(well, "discord place 777", "404 Unknown Channel", "let it see the channel", **named)


def describes(fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, **about: object) -> None:
    """What the portal says of the application."""
    told: Callable[[], JSON] = fake.world.application
    monkeypatch.setattr(fake.world, "application", lambda: {**told(), **about})


def test_what_the_portal_says_of_the_application_is_told(
    well: Shell, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = report(well)["ok"]
    assert "anybody who has the link" in found["discord adding"]
    assert "Public Bot" in found["discord adding"]
    assert "the portal names none" in found["discord privacy policy"]
    describes(fake, monkeypatch, bot_public=False, privacy_policy_url="https://plaza.example/privacy")
    found = report(well)["ok"]
    assert "its owner alone" in found["discord adding"]
    assert "discord privacy policy" not in found
    # Interactions that go elsewhere, and a link that cannot work.
    elsewhere = "https://old.example/interactions"
    describes(fake, monkeypatch, interactions_endpoint_url=elsewhere, bot_require_code_grant=True)
    found = report(well)["mend"]
    assert list(found) == ["discord interactions", "discord adding"]
    assert "old.example" in found["discord interactions"]
    assert "Interactions Endpoint URL" in found["discord interactions"]
    assert "no link can add the bot" in found["discord adding"]
    assert "Requires OAuth2 Code Grant" in found["discord adding"]


class Closed(defaultdict[int, list[JSON]]):
    """No server but those it knows lets the bot have commands."""

    def __missing__(self, _: int) -> list[JSON]:
        raise refusals.missing_access()


def test_commands_that_are_not_those_of_this_version_that_show_twice_or_that_may_not_be_are_told(
    well: Shell, fake: FakeDiscord
) -> None:
    one, *others = fake.world.commands[0]
    fake.world.commands[0] = []
    finds(well, "discord commands", "none registered yet", "portevoix run")
    fake.world.commands[0] = [{**one, "description_localizations": {"fr": "Autrefois"}}, *others]
    finds(well, "discord commands", "not those of this version", "portevoix run")
    # In another order they are the same.
    fake.world.commands[0] = [*reversed(others), one]
    notes(well, "discord commands", "as they should be")
    fake.world.commands[SERVER] = list(fake.world.commands[0])
    finds(well, f"discord commands in {SERVER}", "members may see them twice")
    fake.world.commands = Closed(list, {0: fake.world.commands[0]})
    finds(well, f"discord commands in {SERVER}", "“Plaza” lets the bot have none", f"client_id={BOT}")


def test_commands_of_a_guild_are_looked_at_where_the_settings_say_so(well: Shell, fake: FakeDiscord) -> None:
    own = {"PORTEVOIX_DISCORD__COMMANDS": "guild"}
    everywhere, fake.world.commands[0] = fake.world.commands[0], []
    finds(well, f"discord commands in {SERVER}", "none registered yet", **own)
    fake.world.commands[SERVER] = [{**one, "contexts": None} for one in everywhere]
    found = report(well, **own)
    assert found["mend"] == {}
    assert "as they should be" in found["ok"][f"discord commands in {SERVER}"]
    assert "have none" in found["ok"]["discord commands in direct messages"]
    fake.world.commands[0] = everywhere
    finds(well, "discord commands", "left from another setting", **own)
