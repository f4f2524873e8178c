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
    lines,
    notes,
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


@pytest.mark.parametrize(("flag", "name"), [(flag, name) for flag, (name, _) in NEEDS.items()])
def test_a_right_the_server_does_not_give_is_named(well: Shell, fake: FakeDiscord, flag: str, name: str) -> None:
    settles(fake, everyone=0, bots=ALL & ~discord.Permissions(**{flag: True}).value)
    assert f"“Plaza”: the bot lacks {name}. To mend: allow" in lines(well, "mend")[PLACE]


def test_a_right_the_channel_takes_away_is_named(well: Shell, fake: FakeDiscord) -> None:
    away = discord.Permissions(attach_files=True, send_messages=True).value
    closed = {"id": str(SERVER), "type": 0, "allow": "0", "deny": str(1 << 10)}
    settles(fake, permission_overwrites=[closed, {"id": str(BOT), "type": 1, "allow": str(1 << 10), "deny": str(away)}])
    finds(well, STAFF, "“team”: the bot lacks Send Messages, Attach Files", "the bot's role")


def test_an_administrator_lacks_nothing(well: Shell, fake: FakeDiscord) -> None:
    settles(fake, everyone=0, bots=1 << 3)
    notes(well, STAFF, "the bot may post there")


def test_a_staff_channel_that_everybody_sees_is_told(well: Shell, fake: FakeDiscord) -> None:
    finds(
        well,
        f"discord staff place {TOWN}",
        "“town”: everybody in the server sees it, and counts as staff",
        "take View Channel from @everyone",
        PORTEVOIX_COMMUNITIES=community(TOWN),
    )


def test_a_channel_the_bot_may_not_see_is_told(well: Shell, fake: FakeDiscord) -> None:
    fake.world.hidden.add(TEAM)
    finds(well, STAFF, "403 Missing Access", "let it see the channel")


def test_a_channel_that_is_gone_is_told(well: Shell, fake: FakeDiscord) -> None:
    del fake.world.channels[TEAM]
    finds(well, STAFF, "404 Unknown Channel", "/setup with a new code")


def test_a_server_the_bot_was_taken_out_of_is_told(well: Shell, fake: FakeDiscord) -> None:
    joins(well, "600")
    finds(well, "discord place 600", "404 Unknown Channel", "add the bot by the link")


def test_a_server_s_number_for_a_staff_channel_is_told(well: Shell) -> None:
    own = {"PORTEVOIX_COMMUNITIES": community(SERVER)}
    finds(well, f"discord staff place {SERVER}", "is a server's number", "in a channel of the team's own", **own)


def test_a_place_that_is_no_number_is_told(well: Shell) -> None:
    joins(well, "#town")
    finds(well, "discord place #town", "is no channel's or server's number", "/setup")


def test_a_staff_place_where_nothing_can_be_posted_is_told(well: Shell) -> None:
    own = {"PORTEVOIX_COMMUNITIES": community(FORUM)}
    finds(well, f"discord staff place {FORUM}", "“ideas”: nothing can be posted there", "a text channel", **own)


def test_a_thread_needs_the_right_to_write_in_threads(well: Shell, fake: FakeDiscord) -> None:
    own, about = {"PORTEVOIX_COMMUNITIES": community(THREAD)}, f"discord staff place {THREAD}"
    notes(well, about, "“desk”: the bot may post there", **own)
    settles(fake, everyone=0, bots=ALL & ~(1 << 38))
    assert "the bot lacks Send Messages in Threads" in lines(well, "mend", **own)[about]


def test_a_locked_thread_is_told(well: Shell, fake: FakeDiscord) -> None:
    fake.world.channels[THREAD]["thread_metadata"]["locked"] = True
    own = {"PORTEVOIX_COMMUNITIES": community(THREAD)}
    finds(well, f"discord staff place {THREAD}", "the thread is locked", "unlock it", **own)


def test_a_thread_of_a_channel_that_everybody_sees_is_told_unless_it_is_private(well: Shell, fake: FakeDiscord) -> None:
    own, about = {"PORTEVOIX_COMMUNITIES": community(THREAD)}, f"discord staff place {THREAD}"
    fake.world.channels[THREAD]["parent_id"] = str(TOWN)
    finds(well, about, "everybody in the server sees it", **own)
    fake.world.channels[THREAD]["type"] = 12
    notes(well, about, "the bot may post there", **own)


def test_a_forum_for_cards_takes_posts_and_what_would_be_handy_is_named(well: Shell, fake: FakeDiscord) -> None:
    joins(well, str(FORUM))
    about = f"discord place {FORUM}"
    notes(well, about, "“ideas”: the bot may post there; without Manage Channels it makes no tags", "Manage Posts")
    settles(fake, bots=ALL | 1 << 4 | 1 << 34)
    assert lines(well, "ok")[about].endswith("the bot may post there")


def test_a_forum_names_what_the_bot_lacks_as_discord_does_there(well: Shell, fake: FakeDiscord) -> None:
    joins(well, str(FORUM))
    settles(fake, everyone=0, bots=ALL & ~(1 << 38))
    assert "the bot lacks Send Messages in Posts" in lines(well, "mend")[f"discord place {FORUM}"]


def test_a_forum_that_requires_a_tag_the_bot_may_not_apply_is_told(well: Shell, fake: FakeDiscord) -> None:
    joins(well, str(FORUM))
    tag = {"id": "1", "name": "Official", "moderated": True, "emoji_id": None, "emoji_name": None}
    fake.world.channels[FORUM].update(available_tags=[tag], flags=1 << 4)
    finds(well, f"discord place {FORUM}", "“ideas” requires a tag", "not for moderators only")
