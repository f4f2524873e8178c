"""The fake's ephemeral messages: who sees them, what allows them, and what servers without them do."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound

from tests.sockets.fakes.telegram import FakeTelegram, ephemeral
from tests.sockets.updates import Updates, private, supergroup, user

CAMILLE, PLAZA = user(7), supergroup(-1001)
FOR_CAMILLE = {"receiver_user_id": 7}
NESTED: dict[str, Any] = {"ephemeral_message_parameters": FOR_CAMILLE}


async def send(bot: Bot, chat: int = -1001, **more: Any) -> dict[str, Any]:
    return (await bot.send_message(chat, "x", api_kwargs=more)).to_dict()


async def test_an_answer_to_an_ephemeral_message_is_seen_by_its_author_alone(fake: FakeTelegram, bot: Bot) -> None:
    fake.world.ephemerals.api = ephemeral.NESTED
    heard = Updates().ephemeral("/problem", PLAZA, CAMILLE)
    fake.push(heard)
    number = heard["message"]["ephemeral_message_id"]
    sent = await send(bot, **NESTED, reply_parameters={"ephemeral_message_id": number})
    assert (sent["message_id"], sent["receiver_user"]["id"]) == (0, 7)
    assert not fake.world.messages
    named = {"chat_id": -1001, "receiver_user_id": 7, "ephemeral_message_id": sent["ephemeral_message_id"]}
    assert await bot.do_api_request("editEphemeralMessageText", {**named, "text": "y"})
    with pytest.raises(BadRequest, match=r"(?i)media_caption_too_long"):
        await bot.do_api_request("editEphemeralMessageText", {**named, "text": "y" * 1025})
    assert await bot.do_api_request("deleteEphemeralMessage", named)
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.do_api_request("deleteEphemeralMessage", named)


async def test_only_an_administrator_may_begin(fake: FakeTelegram, bot: Bot) -> None:
    fake.world.ephemerals.api = ephemeral.NESTED
    with pytest.raises(BadRequest, match=r"(?i)bot_not_admin"):
        await send(bot, **NESTED)
    fake.world.promote(-1001, fake.world.bot)
    assert (await send(bot, **NESTED))["ephemeral_message_id"]


@pytest.mark.parametrize("window", [ephemeral.WINDOW, -1])
async def test_a_press_allows_an_answer_for_a_short_time(fake: FakeTelegram, bot: Bot, window: float) -> None:
    fake.world.ephemerals.api, fake.world.ephemerals.window = ephemeral.NESTED, window
    press = Updates().callback_query("x", {"message_id": 5, "date": 1, "chat": PLAZA}, CAMILLE)
    fake.push(press)
    told = {**FOR_CAMILLE, "callback_query_id": press["callback_query"]["id"]}
    if window < 0:
        with pytest.raises(BadRequest, match="too old"):
            await send(bot, ephemeral_message_parameters=told)
    else:
        assert (await send(bot, ephemeral_message_parameters=told))["ephemeral_message_id"]


async def test_there_are_none_in_a_private_chat(fake: FakeTelegram, bot: Bot) -> None:
    fake.world.ephemerals.api = ephemeral.NESTED
    with pytest.raises(BadRequest, match=r"(?i)bot_not_admin"):
        await send(bot, chat=private(CAMILLE)["id"], **NESTED)


@pytest.mark.parametrize(("api", "given"), [(ephemeral.FLAT, NESTED), (ephemeral.NESTED, FOR_CAMILLE)])
async def test_a_server_shows_everybody_what_it_cannot_read_to_be_for_one(
    fake: FakeTelegram, bot: Bot, api: tuple[int, int], given: dict[str, Any]
) -> None:
    fake.world.ephemerals.api = api
    assert (await send(bot, **given))["message_id"]
    assert fake.world.ephemerals.leaked == ["x"]


async def test_an_old_server_has_no_method_for_them(fake: FakeTelegram, bot: Bot) -> None:
    await bot.initialize()
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("deleteEphemeralMessage", {"chat_id": 1})
    assert fake.journal.unknown == ["deleteEphemeralMessage"]
