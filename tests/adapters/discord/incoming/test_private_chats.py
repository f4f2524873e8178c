"""The private chats that are remembered, so that what is missed is looked for there."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from adapters.bounded import BoundedDict
from adapters.discord.connection import absence
from bot.core import Core
from storage.models import PrivateChat
from storage.people import private_chats
from tests.adapters.discord.away import QUESTION, looked_into
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def known_chats(stage: DiscordStage) -> list[PrivateChat]:
    return await stage.core.store.read(lambda session: list(session.exec(select(PrivateChat))))


async def test_where_somebody_writes_is_kept_once_a_day_sealed_and_without_the_time_and_not_what_is_said_among_others(
    discord: DiscordStage, mia: Person, luc: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = list[str]()
    note = private_chats.note

    def counted(session: Session, platform: str, holder: str, *more: Any) -> None:
        written.append(holder)
        note(session, platform, holder, *more)

    monkeypatch.setattr(private_chats, "note", counted)
    await discord.write(mia, f"{discord.mention} {QUESTION}")
    assert not await known_chats(discord)
    for words in ("/help", QUESTION, "/help"):
        await discord.write_alone(mia, words)
    (chat,) = await known_chats(discord)
    number = str(discord.env.backend.get_dm_channel(discord.actor(mia).id).id)
    assert number not in str(chat.model_dump())
    assert discord.core.store.keys.unseal(chat.sealed).decode() == number
    assert (chat.heard_at.hour, chat.heard_at.minute, chat.heard_at.second) == (0, 0, 0)
    for person in (luc, mia, luc):
        await discord.write_alone(person, "/help")
    assert len(written) == len(set(written)) == 2
    discord.core.clock.forward(days=1)  # type: ignore[attr-defined]
    await discord.write_alone(mia, "/help")
    await discord.write_alone(mia, "/help")
    assert len(written) == 3


async def test_a_chat_that_cannot_be_written_down_is_answered_and_written_down_later(
    discord: DiscordStage, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("mia said a secret")

    with monkeypatch.context() as patch, capture_logs() as told:
        patch.setattr(private_chats, "note", broken)
        await discord.write_alone(mia, QUESTION)
    assert "Yes, until noon." in discord.told_alone(mia)[-1]
    assert [one["unnoted"] for one in told if "unnoted" in one] == ["ValueError"]
    assert "secret" not in str(told)
    await discord.write_alone(mia, "/help")
    assert len(await known_chats(discord)) == 1


async def test_however_many_write_only_the_latest_are_remembered(core: Core) -> None:
    chats = absence.PrivateChats(core)
    chats._noted_on = BoundedDict(2)
    for number in (1, 2, 3):
        await chats.remember(anybody(number))
    assert list(chats._noted_on) == [2, 3]


def anybody(number: int) -> Any:
    """A message from somebody to the bot alone."""
    author = SimpleNamespace(bot=False, id=number, display_name="Somebody")
    return SimpleNamespace(guild=None, author=author, channel=SimpleNamespace(id=number))


async def test_whoever_is_forgotten_is_not_looked_for(discord: DiscordStage, mia: Person, luc: Person) -> None:
    await discord.write_alone(luc, "/help")
    await discord.write_alone(mia, "/forgetme")
    await mia.presses("Erase everything about me")
    assert len(await known_chats(discord)) == 1
    await discord.restart()
    assert [looked_into(discord, one) for one in (mia, luc)] == [0, 1]
