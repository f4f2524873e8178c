"""`doctor` on Discord: whether the bot is where it is to be, what it may do there, and who counts as staff."""

from collections.abc import Iterator

import discord
import pytest

from adapters.discord.needs import NEEDS
from tests.cli.conftest import Shell
from tests.cli.doctor.clinic import Begun
from tests.cli.doctor.discord_clinic import (
    ALL,
    FORUM,
    PLACE,
    SERVER,
    STAFF,
    TEAM,
    THREAD,
    TOWN,
    community,
    connected,
    finds,
    joins,
    notes,
    report,
    settles,
    sound,
)
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import BOT


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDiscord]:
    with connected(monkeypatch) as server:
        yield server


@pytest.fixture
def well(shell: Shell, fake: FakeDiscord, begun: Begun) -> Shell:
    return sound(shell, fake, begun)


def test_each_right_the_server_does_not_give_is_named(well: Shell, fake: FakeDiscord) -> None:
    for flag, (name, _) in NEEDS.items():
        settles(fake, everyone=0, bots=ALL & ~discord.Permissions(**{flag: True}).value)
        assert f"“Plaza”: the bot lacks {name}. To mend: allow" in report(well)["mend"][PLACE], name


def test_a_right_the_channel_takes_away_is_named_and_an_administrator_lacks_nothing(
    well: Shell, fake: FakeDiscord
) -> None:
    away = discord.Permissions(attach_files=True, send_messages=True).value
    closed = {"id": str(SERVER), "type": 0, "allow": "0", "deny": str(1 << 10)}
    settles(fake, permission_overwrites=[closed, {"id": str(BOT), "type": 1, "allow": str(1 << 10), "deny": str(away)}])
    finds(well, STAFF, "“team”: the bot lacks Send Messages, Attach Files", "the bot's role")
    settles(fake, everyone=0, bots=1 << 3)
    notes(well, STAFF, "the bot may post there")


def test_a_staff_place_that_is_a_server_or_takes_no_posts_or_that_everybody_sees_is_told(
    well: Shell, fake: FakeDiscord
) -> None:
    finds(
        well,
        f"discord staff place {TOWN}",
        "“town”: everybody in the server sees it, and counts as staff",
        "take View Channel from @everyone",
        PORTEVOIX_COMMUNITIES=community(TOWN),
    )
    own = {"PORTEVOIX_COMMUNITIES": community(SERVER)}
    finds(well, f"discord staff place {SERVER}", "is a server's number", "in a channel of the team's own", **own)
    own = {"PORTEVOIX_COMMUNITIES": community(FORUM)}
    finds(well, f"discord staff place {FORUM}", "“ideas”: nothing can be posted there", "a text channel", **own)


def test_a_channel_the_bot_may_not_see_or_that_is_gone_is_told(well: Shell, fake: FakeDiscord) -> None:
    fake.world.hidden.add(TEAM)
    finds(well, STAFF, "403 Missing Access", "let it see the channel")
    fake.world.hidden.clear()
    del fake.world.channels[TEAM]
    finds(well, STAFF, "404 Unknown Channel", "/setup with a new code")


def test_a_server_the_bot_was_taken_out_of_is_told(well: Shell, fake: FakeDiscord) -> None:
    joins(well, "600")
    finds(well, "discord place 600", "404 Unknown Channel", "add the bot by the link")


def test_a_place_that_is_no_number_is_told(well: Shell) -> None:
    joins(well, "#town")
    finds(well, "discord place #town", "is no channel's or server's number", "/setup")


def test_a_thread_is_looked_at_with_its_channel(well: Shell, fake: FakeDiscord) -> None:
    own, about = {"PORTEVOIX_COMMUNITIES": community(THREAD)}, f"discord staff place {THREAD}"
    thread = fake.world.channels[THREAD]
    thread["thread_metadata"]["locked"] = True
    finds(well, about, "the thread is locked", "unlock it", **own)
    thread["thread_metadata"]["locked"] = False
    # In a channel that everybody sees it is told, unless it is private.
    thread["parent_id"] = str(TOWN)
    finds(well, about, "everybody in the server sees it", **own)
    thread["type"] = 12
    notes(well, about, "the bot may post there", **own)
    # To write in threads takes a right of its own.
    thread.update(type=11, parent_id=str(TEAM))
    notes(well, about, "“desk”: the bot may post there", **own)
    settles(fake, everyone=0, bots=ALL & ~(1 << 38))
    assert "the bot lacks Send Messages in Threads" in report(well, **own)["mend"][about]


def test_a_forum_for_cards_takes_posts_and_what_the_bot_lacks_is_named_as_discord_does_there(
    well: Shell, fake: FakeDiscord
) -> None:
    joins(well, str(FORUM))
    about = f"discord place {FORUM}"
    notes(well, about, "“ideas”: the bot may post there; without Manage Channels it makes no tags", "Manage Posts")
    settles(fake, bots=ALL | 1 << 4 | 1 << 34)
    assert report(well)["ok"][about].endswith("the bot may post there")
    settles(fake, everyone=0, bots=ALL & ~(1 << 38))
    assert "the bot lacks Send Messages in Posts" in report(well)["mend"][about]
    # A tag that it may not apply is required.
    settles(fake)
    tag = {"id": "1", "name": "Official", "moderated": True, "emoji_id": None, "emoji_name": None}
    fake.world.channels[FORUM].update(available_tags=[tag], flags=1 << 4)
    finds(well, about, "“ideas” requires a tag", "not for moderators only")
