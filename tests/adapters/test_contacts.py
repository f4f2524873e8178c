"""What is about a trusted contact is kept from them, also where it calls them by a handle, a nickname or a mention."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.discord.contacts import learn as learn_on_discord
from adapters.telegram.contacts import learn as learn_on_telegram
from bot.core import Core
from bot.feedback.audience import trusted
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.adapters.telegram.stage import telegram_stage
from tests.stage import Person


def trusting(core: Core, *accounts: str) -> Core:
    """A core whose only community has these trusted contacts."""
    (own,) = core.settings.communities
    own = own.model_copy(update={"trusted_contacts": accounts})
    return replace(core, settings=core.settings.model_copy(update={"communities": (own,)}))


@pytest.fixture
async def discord(core: Core) -> AsyncIterator[DiscordStage]:
    """Robin and Sam, who never used the bot, are the contacts; they get the numbers that are given out first."""
    async with discord_stage(core) as before:
        numbers = [before.actor(Person(before, name)).id for name in ("robin", "sam")]
    async with discord_stage(trusting(core, *(f"discord:{number}" for number in numbers))) as stage:
        assert [stage.actor(Person(stage, name)).id for name in ("robin", "sam")] == numbers
        yield stage


async def test_a_contact_is_known_by_a_mention_though_they_never_used_the_bot(discord: DiscordStage) -> None:
    noor, robin, sam = (Person(discord, name) for name in ("noor", "robin", "sam"))
    account = discord.actor(robin).id
    await learn_on_discord(discord.core, discord.discord.client)
    assert "@robin" in discord.core.contact_names.of("discord", str(account))
    await discord.slash(noor, "problem", text=f"<@{account}> the moderator mocks me", audience="trusted")
    noor.hears("Only the trusted contacts can see it")
    sam.hears("the moderator mocks me")
    robin.never_heard("mocks")


async def test_contacts_are_asked_for_on_telegram(core: Core) -> None:
    async with telegram_stage(core) as telegram:
        robin = telegram.account(Person(telegram, "robin"))
        named = {"id": robin["id"], "type": "private", "first_name": "Robin", "username": "boss_22"}
        telegram.fake.world.chats[robin["id"]] = named
        core = trusting(telegram.core, f"telegram:{robin['id']}")
        await learn_on_telegram(core, telegram.telegram.bot)
        known = core.contact_names.of("telegram", str(robin["id"]))
        assert known == ("Robin", "@boss_22")
        assert any(trusted.mentions("@Boss_22 the moderator mocks me", one) for one in known)
