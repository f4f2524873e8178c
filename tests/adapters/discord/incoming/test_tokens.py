"""What Discord writes as tokens is stored and shown as words: no account number reaches a digest or an export."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from adapters.discord.incoming.tokens import TOKEN, read_tokens
from storage.models import Feedback
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def stored(discord: DiscordStage) -> list[str]:
    return await discord.core.store.read(lambda session: list(session.exec(select(Feedback.text))))


async def test_tokens_of_a_message_are_stored_as_words(discord: DiscordStage, mia: Person) -> None:
    who, where = discord.actor(mia).id, discord.plaza.id
    said = f"Let <@{who}> meet in <#{where}> <:party:123456789012345678> at <t:0:R>"
    await discord.write(mia, f"{discord.mention} /suggest {said}")
    (text,) = await stored(discord)
    assert "<" not in text
    assert re.search(r"Let @\w+ meet in #\w+ :party: at 1970-01-01 00:00 UTC", text)


async def test_tokens_of_a_slash_command_are_stored_as_words(discord: DiscordStage, mia: Person) -> None:
    await mia.says(f"/suggest <@{999999999999999999}> should see </status:123456789012345678> in <#{discord.plaza.id}>")
    (text,) = await stored(discord)
    assert text.startswith("@someone should see /status in #")


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("<@!123456789012345678>", "@Zoe"),
        ("<@876543210987654321>", "@someone"),
        ("<@&123456789012345678>", "@role"),
        ("<#123456789012345678>", "#channel"),
        ("<a:wave:123456789012345678>", ":wave:"),
        ("<t:1772618400>", "2026-03-04 10:00 UTC"),
        ("<t:9999999999999:F>", "9999999999999"),
        ("</ask now:123456789012345678>", "/ask now"),
        ("<id:customize>", "#customize"),
    ],
)
def test_each_token_has_its_words(token: str, words: str) -> None:
    assert read_tokens([f"see {token}!"], None, {123456789012345678: "Zoe"}) == {token: words}


@given(st.text())
def test_what_is_no_token_is_left_as_it_is(text: str) -> None:
    assert read_tokens([text], None) == {} or TOKEN.search(text)
