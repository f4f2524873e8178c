"""Who may do what on Discord: by permissions, roles and access as they are when somebody acts."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord as library
import pytest
from sqlmodel import Session, col, delete
from structlog.testing import capture_logs

from bot.core import Core
from bot.dispatch.community.invitation import invite
from bot.ports.inbound import Role
from storage.models import Place
from storage.people import communities
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.stage import Person


async def code(stage: DiscordStage, *, staff: bool) -> str:
    def job(session: object) -> str:
        community = communities.every(session)[0]  # type: ignore[arg-type]
        return invite(stage.core.store.keys, community, staff, stage.core.clock.now().date())

    return await stage.core.store.read(job)


async def staff_place(stage: DiscordStage) -> Place | None:
    return await stage.core.store.read(
        lambda session: communities.staff_place(session, communities.every(session)[0].id)
    )


def give(stage: DiscordStage, person: Person, role: object) -> None:
    member = stage.env.backend.get_guild(stage.guild.id).members[stage.actor(person).id]
    member.role_ids = [role.id]  # type: ignore[attr-defined]


def take(stage: DiscordStage, person: Person) -> None:
    stage.env.backend.get_guild(stage.guild.id).members[stage.actor(person).id].role_ids = []


async def test_members_may_not_decide(discord: DiscordStage, mia: Person) -> None:
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await mia.says("/queue")
    mia.hears("This is for moderators.")


async def test_who_may_manage_messages_moderates(discord: DiscordStage, mia: Person) -> None:
    manager = discord.guild.create_role("managers", permissions=library.Permissions(manage_messages=True))
    give(discord, mia, manager)
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_who_sees_the_staffs_channel_is_staff(discord: DiscordStage, mia: Person) -> None:
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await mia.says("/queue")
    mia.hears("This is for moderators.")
    discord.let_in(mia)
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_a_name_that_sounds_like_a_moderators_moves_nothing(discord: DiscordStage) -> None:
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    faker = Person(discord, "moderators")
    await faker.says("/queue")
    faker.hears("This is for moderators.")


async def test_a_button_asks_again_who_presses_it(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await rosa.says("/queue")
    take(discord, rosa)
    await rosa.presses("Planned")
    rosa.hears("This is for moderators.")
    await mia.says("/status 1")
    mia.hears("Status: received")


@pytest.fixture
async def by_role(core: Core) -> AsyncIterator[DiscordStage]:
    """A guild whose stewards moderate: a world made the same way has the same numbers."""
    async with discord_stage(core) as first:
        stewards = first.guild.create_role("stewards")
    async with discord_stage(core, moderator_roles=(stewards.id,)) as stage:
        assert stage.guild.create_role("stewards").id == stewards.id
        yield stage


async def test_who_has_a_configured_role_moderates(by_role: DiscordStage) -> None:
    mia = Person(by_role, "mia")
    await mia.says("/queue")
    mia.hears("This is for moderators.")
    give(by_role, mia, by_role.guild.roles["stewards"])
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_by_direct_message_people_are_who_they_are_in_the_staffs_guild(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    await discord.write_alone(rosa, "/queue")
    assert "Nothing waits for a decision." in discord.told_alone(rosa)[-1]
    await discord.write_alone(mia, "/queue")
    assert "This is for moderators." in discord.told_alone(mia)[-1]


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), TimeoutError(), library.RateLimited(60)])
async def test_who_cannot_be_looked_up_is_refused_kindly(
    discord: DiscordStage, rosa: Person, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(library.Guild, "fetch_member", broken)
    with capture_logs() as told:
        await discord.write_alone(rosa, "/queue")
    assert "This is for moderators." in discord.told_alone(rosa)[-1]
    assert [line["role_unknown"] for line in told if "role_unknown" in line] == [type(error).__name__]


async def test_who_is_looked_up_for_ever_is_refused_kindly(
    discord: DiscordStage, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.sleep(3600)

    monkeypatch.setattr(library.Guild, "fetch_member", never)
    for patience in ("adapters.discord.membership.LOOKUP_TIMEOUT", "bot.presence.PATIENCE"):
        monkeypatch.setattr(patience, 0.0)
    with capture_logs():
        await discord.write_alone(rosa, "/queue")
    assert "This is for moderators." in discord.told_alone(rosa)[-1]


async def test_what_is_the_same_for_everybody_asks_discord_once_whether_they_are_there(
    discord: DiscordStage, mia: Person
) -> None:
    for words in ("/suggest A dark theme", "/suggest A bench"):
        await discord.write_alone(mia, words)
        assert len([one for one in discord.env.http_requests if "/members/" in one.path]) == 1
    await discord.write_alone(mia, "/queue")
    assert len([one for one in discord.env.http_requests if "/members/" in one.path]) > 1


async def test_a_code_makes_a_channel_the_staffs_at_once(discord: DiscordStage, rosa: Person) -> None:
    other = discord.guild.create_text_channel("council")
    await discord.actor(rosa).slash(other, "setup", code=await code(discord, staff=True))
    assert "Done: the digests of Plaza come here." in discord.seen_in(other)[-1]
    place = await staff_place(discord)
    assert place
    assert place.external_id == str(other.id)
    # Everybody sees the new channel, so everybody is staff now.
    mia = Person(discord, "mia")
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_a_code_makes_a_guild_the_communitys_also_from_a_thread(discord: DiscordStage, rosa: Person) -> None:
    await discord.actor(rosa).slash(discord.plaza, "setup", code=await code(discord, staff=False))
    assert "Done: this place belongs to Plaza." in discord.seen_in(discord.plaza)[-1]
    found = await discord.core.store.read(lambda session: communities.places(session, "discord"))
    assert {one.external_id for one in found if not one.staff} == {str(discord.guild.id)}


async def test_a_wrong_code_is_refused_and_a_members_too(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await rosa.says("/setup ABCDEFGHIJ")
    rosa.hears("This code does not fit, or was used already.")
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await mia.says(f"/setup {await code(discord, staff=True)}")
    mia.hears("This is for moderators.")


async def test_who_manages_a_guild_of_their_own_has_no_say_until_it_is_the_communitys(
    discord: DiscordStage, rosa: Person
) -> None:
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None

    def leave(session: Session) -> None:
        session.exec(delete(Place))

    await discord.core.store.write(leave)
    discord.discord._rights.forget_places()
    await rosa.says("/queue")
    rosa.hears("This is for moderators.")
    await rosa.says(f"/setup {await code(discord, staff=False)}")
    rosa.hears("Done")
    await rosa.says("/queue")
    rosa.hears("Nothing waits for a decision.")


async def test_by_direct_message_it_is_told_which_place_lets_a_person_moderate(
    discord: DiscordStage, rosa: Person
) -> None:
    user = await discord.discord.client.fetch_user(discord.actor(rosa).id)
    roles = await discord.discord._rights.roles_in_private(user, look_up=True)
    assert roles == {str(discord.desk.id): Role.STAFF, str(discord.guild.id): Role.MODERATOR}
    assert await discord.discord._rights.roles_in_private(user, look_up=False) == {}


async def test_the_staff_of_one_community_are_nobody_in_another_of_the_same_guild(
    discord: DiscordStage, mia: Person
) -> None:
    for held in discord.env.backend.commands[None].values():
        held["default_member_permissions"] = None
    await mia.says("/suggest Sunday opening")
    hidden = library.PermissionOverwrite(view_channel=False)
    other = discord.guild.create_text_channel("forum", overwrites={discord.guild.default_role: hidden})

    def join(session: Session) -> None:
        forum = communities.ensure(session, "forum", "Forum", "en", "UTC", discord.core.clock.now())
        communities.join_place(session, forum.id, "discord", str(other.id), staff=True)

    await discord.core.store.write(join)
    discord.discord._rights.forget_places()
    discord.let_in(mia, other)
    await mia.says("/queue")
    mia.hears("This is for moderators.")
    user = await discord.discord.client.fetch_user(discord.actor(mia).id)
    roles = await discord.discord._rights.roles_in_private(user, look_up=True)
    assert roles == {str(discord.desk.id): Role.MEMBER, str(discord.guild.id): Role.MEMBER, str(other.id): Role.STAFF}


async def test_who_may_manage_messages_moderates_though_the_staffs_channel_is_gone(
    discord: DiscordStage, rosa: Person
) -> None:
    """In the server, and alone with the bot: without a code, and also when the staff never had a channel here."""

    def leave(session: Session) -> None:
        session.exec(delete(Place).where(col(Place.external_id) == str(discord.desk.id)))

    await discord.core.store.write(leave)
    discord.discord._rights.forget_places()
    await rosa.says("/queue")
    rosa.hears("Nothing waits for a decision.")
    await discord.write_alone(rosa, "/queue")
    assert "Nothing waits for a decision." in discord.told_alone(rosa)[-1]


async def test_the_servers_administrators_moderate(discord: DiscordStage, mia: Person) -> None:
    give(discord, mia, discord.guild.create_role("owners", permissions=library.Permissions(administrator=True)))
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_staff_who_may_not_manage_messages_use_the_staffs_commands_in_their_channel(
    discord: DiscordStage, mia: Person
) -> None:
    discord.let_in(mia)
    await discord.actor(mia).slash(discord.desk, "queue")
    mia.hears("Nothing waits for a decision.")
