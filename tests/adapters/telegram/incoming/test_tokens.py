"""Who is mentioned without a username stands in a text as they are called: no account number is stored or shown."""

import json

from sqlmodel import Session, select

from storage.models import Feedback
from tests.adapters.telegram.stage import TelegramStage
from tests.sockets.fakes.telegram.html import units
from tests.sockets.updates import JSON, private, user
from tests.stage import Person
from tests.words import WISHES

NUMBER = 987654321


async def stored(telegram: TelegramStage) -> list[str]:
    return await telegram.core.store.read(lambda session: list(session.exec(select(Feedback.text))))


def mention(text: str, name: str) -> list[JSON]:
    """The marks of a text that begins with a command and mentions somebody who has no username."""
    command = {"type": "bot_command", "offset": 0, "length": units(text.split(maxsplit=1)[0])}
    offset = units(text[: text.index(name)])
    return [
        command,
        {"type": "text_mention", "offset": offset, "length": units(name), "user": user(NUMBER, "Zoe Martin")},
    ]


async def test_who_is_mentioned_is_named_and_no_number_is_in_the_table(telegram: TelegramStage, zoe: Person) -> None:
    for text, name, words in (
        ("/suggest Let Zoe open, not Zoe M.", "Zoe", "Let @Zoe open, not Zoe M."),
        ("/praise 👩‍🚀 thanks @Zoe", "@Zoe", "👩‍🚀 thanks @Zoe"),
        ("/problem 👩‍🚀 waits for Zoe", "Zoe", "👩‍🚀 waits for @Zoe"),
    ):
        await telegram.write(zoe, text, private(telegram.account(zoe)), entities=mention(text, name))
        assert (await stored(telegram))[-1] == words
    # A link to an account has words in its place.
    await zoe.says(f"/suggest Ask tg://user?id={NUMBER} or tg://openmessage?user_id={NUMBER}")
    assert (await stored(telegram))[-1] == "Ask @someone or @someone"

    def rows(session: Session) -> str:
        return json.dumps([one.model_dump(mode="json") for one in session.exec(select(Feedback))])

    assert str(NUMBER) not in await telegram.core.store.read(rows)


async def test_a_message_that_is_passed_on_names_who_it_mentions(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    said = await telegram.write(zoe, "Zoe knows", entities=mention("Zoe knows", "Zoe")[1:])
    await telegram.write(omar, "/passon", reply_to=said["message"])
    omar.hears("> @Zoe knows")
    await omar.presses("As a problem")
    assert await stored(telegram) == ["@Zoe knows"]


async def test_marks_in_odd_places_break_nothing(telegram: TelegramStage, zoe: Person) -> None:
    for number, offset in enumerate((-3, 1, 3, 99)):
        mark = {"type": "text_mention", "offset": offset, "length": 2, "user": user(NUMBER, "Zoe")}
        text = f"/suggest 🙂🙂 {WISHES[number]}"
        await telegram.write(zoe, text, private(telegram.account(zoe)), entities=[mark])
        assert telegram.answered(zoe), offset
