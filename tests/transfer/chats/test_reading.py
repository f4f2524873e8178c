"""Which files are read as chats, and what is said of the others."""

import json
import re

import pytest

from bot.errors import OperatorError
from tests.transfer.chats.conftest import gathered, opened
from tests.transfer.chats.exports import LAYOUTS, TALK, Line, discord, telegram


@pytest.mark.parametrize(
    ("content", "platform", "said"),
    [
        (telegram(TALK), "discord", "is Telegram Desktop's result.json: `portevoix import telegram` reads it"),
        (discord(TALK), "telegram", "is DiscordChatExporter's JSON: `portevoix import discord` reads it"),
        ("AuthorID,Author,Date,Content\n1,Ada,2025,Hi\n", "discord", "export the chat as JSON"),
        ("[]", "telegram", "export the chat as JSON"),
        ('{"about": "x", "chats": {"list": []}}', "telegram", "the export of a whole account"),
        (telegram(TALK, "personal_chat"), "telegram", "is a private conversation"),
    ],
)
def test_what_is_no_chat_is_refused(content: str, platform: str, said: str) -> None:
    with pytest.raises(OperatorError, match=re.escape(said)):
        opened(content, platform)


def test_a_channel_of_ideas_is_for_another_command() -> None:
    idea = {"title": "Suggestion", "description": "A bench by the pond", "fields": []}
    content = discord([Line("Suggester", "", liked=4, bot=True)] * 3, embeds=[idea])
    with pytest.raises(OperatorError, match="`portevoix import discord-suggestions` brings them in"):
        opened(content, "discord")


def test_a_chat_with_news_of_a_bot_stays_a_chat() -> None:
    news = {"title": "Release 3", "description": "It is out", "fields": []}
    whole = json.loads(discord(TALK))
    whole["messages"] += json.loads(discord([Line("News", "", bot=True)] * 9, embeds=[news]))["messages"]
    assert gathered(json.dumps(whole), "discord").messages == 5


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes(platform: str) -> None:
    chat = opened(LAYOUTS[platform](TALK)[:-150], platform)
    assert len(list(chat.messages())) == 4
    assert "cut off" in " ".join(chat.remarks.lines())


def test_messages_without_a_date_are_said(platform: str) -> None:
    whole = json.loads(LAYOUTS[platform](TALK))
    for key in ("timestamp", "date", "date_unixtime"):
        if key in whole["messages"][0]:
            whole["messages"][0][key] = "long ago"
    chat = opened(json.dumps(whole), platform)
    assert len(list(chat.messages())) == 4
    assert list(chat.remarks.lines()) == ["1 messages without a date were left out"]


def test_dates_of_telegram_without_seconds_are_in_the_community_s_zone() -> None:
    whole = json.loads(telegram(TALK))
    for entry in whole["messages"]:
        del entry["date_unixtime"]
    [first, *_] = opened(json.dumps(whole), "telegram").messages()
    assert first.at.isoformat() == "2025-03-03T10:00:20+01:00"


def test_a_mark_at_the_beginning_of_the_file_is_no_matter(platform: str) -> None:
    assert gathered("\ufeff" + LAYOUTS[platform](TALK), platform).messages == 5
