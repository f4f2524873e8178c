"""Who may do what on Discord: by permissions, roles and access as they are when somebody acts."""

import asyncio
from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

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


def unlock(stage: DiscordStage) -> None:
    """Everybody sees every command, as somebody who forges one."""
    for held in stage.env.backend.commands[None].values():
        held["default_member_permissions"] = None


async def test_who_moderates_or_is_staff_is_so_by_permissions_and_access_as_they_are(
    discord: DiscordStage, mia: Person
) -> None:
    unlock(discord)
    # A name that sounds like a moderator's moves nothing.
    for person in (mia, Person(discord, "moderators")):
        await person.says("/queue")
        person.hears("This is for moderators.")
    for name, right in (("managers", "manage_messages"), ("owners", "administrator")):
        give(discord, mia, discord.guild.create_role(name, permissions=library.Permissions(**{right: True})))
        await mia.says("/queue")
        mia.hears("Nothing waits for a decision.")
        take(discord, mia)
        await mia.says("/queue")
        mia.hears("This is for moderators.")
    # Who sees the staff's channel is staff, there too.
    discord.let_in(mia)
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")
    before = len(discord.heard(mia))
    await discord.actor(mia).slash(discord.desk, "queue")
    assert discord.heard(mia)[before:] == [mia.hears("Nothing waits for a decision.")]


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


async def test_who_cannot_be_looked_up_or_for_ever_is_refused_kindly(
    discord: DiscordStage, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (aiohttp.ServerDisconnectedError(), TimeoutError(), library.RateLimited(60)):
        steward = await discord.seen(Person(discord, type(error).__name__, Role.MODERATOR))
        monkeypatch.setattr(library.Guild, "fetch_member", AsyncMock(side_effect=error))
        with capture_logs() as told:
            await discord.write_alone(steward, "/queue")
        assert "This is for moderators." in discord.told_alone(steward)[-1], error
        assert [line["role_unknown"] for line in told if "role_unknown" in line] == [type(error).__name__]
    monkeypatch.setattr(library.Guild, "fetch_member", lambda *_: asyncio.sleep(3600))
    for patience in ("adapters.discord.membership.LOOKUP_TIMEOUT", "bot.presence.PATIENCE"):
        monkeypatch.setattr(patience, 0.0)
    with capture_logs():
        await discord.write_alone(rosa, "/queue")
    assert ["This is for moderators." in text for text in discord.told_alone(rosa)] == [True]


async def test_by_direct_message_people_are_who_they_are_in_the_staffs_guild_which_is_asked_once(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    for words in ("/suggest A dark theme", "/suggest A bench"):
        await discord.write_alone(mia, words)
        assert len([one for one in discord.env.http_requests if "/members/" in one.path]) == 1
    await discord.write_alone(mia, "/queue")
    assert len([one for one in discord.env.http_requests if "/members/" in one.path]) > 1
    await discord.write_alone(rosa, "/queue")
    assert "Suggestion #1" in discord.told_alone(rosa)[-1]
    await discord.write_alone(mia, "/queue")
    assert "This is for moderators." in discord.told_alone(mia)[-1]
    # Which place lets a person moderate is told.
    user = await discord.discord.client.fetch_user(discord.actor(rosa).id)
    roles = await discord.discord._rights.roles_in_private(user, look_up=True)
    assert roles == {str(discord.desk.id): Role.STAFF, str(discord.guild.id): Role.MODERATOR}
    assert await discord.discord._rights.roles_in_private(user, look_up=False) == {}


async def test_a_code_makes_a_guild_the_communitys_and_a_channel_the_staffs_and_a_wrong_one_is_refused(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    await rosa.says("/setup ABCDEFGHIJ")
    rosa.hears("This code does not fit, or was used already.")
    unlock(discord)
    await mia.says(f"/setup {await code(discord, staff=True)}")
    mia.hears("This is for moderators.")
    await discord.actor(rosa).slash(discord.plaza, "setup", code=await code(discord, staff=False))
    assert "Done: this place belongs to Plaza." in discord.seen_in(discord.plaza)[-1]
    found = await discord.core.store.read(lambda session: communities.places(session, "discord"))
    assert {one.external_id for one in found if not one.staff} == {str(discord.guild.id)}
    # A code of the staff's makes a channel theirs at once.
    other = discord.guild.create_text_channel("council")
    await discord.actor(rosa).slash(other, "setup", code=await code(discord, staff=True))
    assert "Done: the digests of Plaza come here." in discord.seen_in(other)[-1]
    place = await staff_place(discord)
    assert place
    assert place.external_id == str(other.id)
    # Everybody sees the new channel, so everybody is staff now.
    await mia.says("/queue")
    mia.hears("Nothing waits for a decision.")


async def test_who_manages_a_guild_of_their_own_has_no_say_until_it_is_the_communitys(
    discord: DiscordStage, rosa: Person
) -> None:
    unlock(discord)

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


async def test_the_staff_of_one_community_are_nobody_in_another_of_the_same_guild(
    discord: DiscordStage, mia: Person
) -> None:
    unlock(discord)
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
