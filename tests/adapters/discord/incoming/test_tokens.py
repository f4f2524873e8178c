"""What Discord writes as tokens is stored and shown as words: no account number reaches a digest or an export."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from adapters.discord.incoming.tokens import TOKEN, people_of, read_tokens
from storage.models import Community, Feedback
from storage.people import communities
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def stored(discord: DiscordStage) -> list[str]:
    return await discord.core.store.read(lambda session: list(session.exec(select(Feedback.text))))


async def test_tokens_of_messages_and_slash_commands_are_stored_as_words(discord: DiscordStage, mia: Person) -> None:
    who, where = discord.actor(mia).id, discord.plaza.id
    said = f"Let <@{who}> meet in <#{where}> <:party:123456789012345678> at <t:0:R>"
    await discord.write(mia, f"{discord.mention} /suggest {said}")
    (text,) = await stored(discord)
    assert "<" not in text
    assert re.search(r"Let @\w+ meet in #\w+ :party: at 1 January 1970, 01:00", text)
    await mia.says(f"/suggest <@{999999999999999999}> should see </status:123456789012345678> in <#{where}>")
    _, text = await stored(discord)
    assert text.startswith("@someone should see /status in #")


WORDS: Mapping[str, str | datetime] = {
    "<@!123456789012345678>": "@Zoe",
    "<@876543210987654321>": "@someone",
    "<@&123456789012345678>": "@role",
    "<#123456789012345678>": "#channel",
    "<a:wave:123456789012345678>": ":wave:",
    "<t:1772618400>": datetime(2026, 3, 4, 10, tzinfo=UTC),
    "<t:9999999999999:F>": "9999999999999",
    "</ask now:123456789012345678>": "/ask now",
    "<id:customize>": "#customize",
    "https://discord.com/users/123456789012345678": "@Zoe",
    "https://ptb.discord.com/users/876543210987654321": "@someone",
}


def test_each_token_has_its_words() -> None:
    read = {token: read_tokens([f"see {token}!"], None, {123456789012345678: "Zoe"}) for token in WORDS}
    assert read == {token: {token: words} for token, words in WORDS.items()}


@given(st.text())
def test_what_is_no_token_is_left_as_it_is(text: str) -> None:
    assert read_tokens([text], None) == {} or TOKEN.search(text)


async def test_times_are_said_in_the_language_and_zone_of_the_community(discord: DiscordStage, mia: Person) -> None:
    (plaza,) = await discord.core.store.read(communities.every)

    def turn_french(session: Session) -> None:
        community = session.get_one(Community, plaza.id)
        community.language = "fr"
        session.add(community)

    await discord.core.store.write(turn_french)
    await mia.says("/suggest Meet at <t:1772618400:R>")
    assert await stored(discord) == ["Meet at 4 mars 2026, 11:00"]


async def test_a_message_that_is_passed_on_has_words_too(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    said = await discord.write(mia, f"Ask <@{discord.actor(rosa).id}> in <#{discord.plaza.id}> at <t:0>")
    await discord.actor(rosa).context_menu(discord.plaza, "Pass on to the team", said)
    await discord.deliver()
    rosa.hears("> Ask @rosa in #")
    await rosa.presses("As a problem")
    (text,) = await stored(discord)
    assert re.search(r"Ask @rosa in #\w+ at 1 January 1970, 01:00", text)


def test_discord_tells_the_names_of_who_is_mentioned() -> None:
    zoe, sam = {"id": "7", "username": "zoe", "global_name": "Zoe"}, {"id": "8", "username": "sam"}
    assert people_of({"resolved": {"users": {"7": zoe}, "members": {"7": {"nick": "Zo"}}}}) == {7: "Zo"}
    assert people_of({"mentions": [zoe, sam]}) == {7: "Zoe", 8: "sam"}
    assert people_of({}) == {}


def test_a_name_that_is_written_like_a_token_is_not_shown() -> None:
    token = "<@876543210987654321>"
    for name in ("<@123456789012345678>", "https://discord.com/users/123456789012345678"):
        assert read_tokens([token], None, {876543210987654321: name}) == {token: "@someone"}
