"""A server whose only place was deleted: those who look after it still moderate there, and hear how to set one up."""

import pytest
from sqlmodel import Session, delete

from bot.core import Core
from bot.dispatch.community.invitation import invite
from bot.settings.config import Settings
from storage.models import Place
from storage.people import communities
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

NOWHERE = "This place does not belong to a community yet"
ANOTHER = "forum"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a second community: then a place says which one is meant."""
    (plaza,) = settings.communities
    forum = plaza.model_copy(update={"key": ANOTHER, "name": "Forum", "staff": None})
    return settings.model_copy(update={"communities": (plaza, forum)})


@pytest.fixture
async def staffs(discord: DiscordStage) -> DiscordStage:
    """A server of the staff's: one channel of it belongs to Plaza, not the server."""

    def job(session: Session) -> None:
        session.exec(delete(Place))
        communities.join_place(session, _plaza(session), "discord", str(discord.desk.id), staff=True)

    await discord.core.store.write(job)
    discord.discord._rights.forget_places()
    return discord


def _plaza(session: Session) -> int:
    found = communities.by_key(session, "plaza")
    assert found
    return found.id


async def _delete_the_channel(stage: DiscordStage) -> None:
    """Somebody in the server deletes the staff's channel, which the bot has seen before."""
    stage.env.backend.delete_channel(stage.desk.id)
    await stage.env.settle()
    stage.discord._rights.forget_places()


async def _code(core: Core) -> str:
    def job(session: Session) -> str:
        community = communities.by_key(session, "plaza")
        assert community
        return invite(core.store.keys, community, True, core.clock.now().date())

    return await core.store.read(job)


async def test_who_looks_after_the_server_moderates_without_a_code_over_a_restart_and_members_take_no_part(
    staffs: DiscordStage, mia: Person, rosa: Person
) -> None:
    await rosa.says("/queue")
    await _delete_the_channel(staffs)
    await rosa.says("/queue")
    rosa.hears("Nothing waits for a decision.")
    await staffs.write_alone(rosa, "/queue")
    await rosa.presses("Plaza")
    assert "Nothing waits for a decision." in staffs.told_alone(rosa)[-1]
    await mia.says("/queue")
    mia.hears(NOWHERE)
    await mia.says("/suggest Sunday opening")
    mia.hears(NOWHERE)
    # It is remembered over a restart.
    await staffs.restart()
    await rosa.says("/queue")
    rosa.hears("Nothing waits for a decision.")


async def test_help_tells_them_how_to_set_up_a_place_and_then_no_more(staffs: DiscordStage, rosa: Person) -> None:
    await rosa.says("/queue")
    await _delete_the_channel(staffs)
    await rosa.says("/help")
    rosa.hears("This place is not set up yet: type /setup CODE here")
    await rosa.says(f"/setup {await _code(staffs.core)}")
    rosa.hears("Done")
    staffs.discord._rights.forget_places()
    await rosa.says("/help")
    assert "not set up" not in rosa.hears()


async def test_who_looks_after_a_server_of_nobodys_still_needs_a_code(staffs: DiscordStage, rosa: Person) -> None:
    await rosa.says("/queue")
    await _delete_the_channel(staffs)

    def forget(session: Session) -> None:
        session.exec(delete(Place))

    await staffs.core.store.write(forget)
    staffs.discord._rights.forget_places()
    await rosa.says("/queue")
    rosa.hears(NOWHERE)
