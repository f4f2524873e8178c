"""Cards in a forum: one post each, with its name and tags, closed when decided, opened again, never doubled."""

from pathlib import Path

import pytest

from bot.ports.adapter import TryLater, Unreachable, Vanished
from tests.sockets.discord.boards import (
    IDEAS,
    STAFF,
    TITLE,
    build,
    cards,
    face,
    posts,
    tag,
    tag_names,
    words_of,
)
from tests.sockets.discord.events import (
    JSON,
    MANAGE_CHANNELS,
    MANAGE_THREADS,
    SEND,
    channel_changed,
    channel_deleted,
    message_deleted,
)
from tests.sockets.discord.running import Hurried, Running, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.running import until

PLACE = str(IDEAS)


async def test_an_item_is_a_post_with_its_words_as_name_and_an_edit_changes_the_card_and_nothing_else(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face(title="word " * 40))
        [post] = posts(fake)
        assert post["name"].endswith("word…")
        assert len(post["name"]) <= 100
        assert card == f"{post['id']}/{post['id']}"
        [stands] = cards(fake, int(post["id"]))
        assert "12 people" in words_of(stands)
        [opened] = await fake.sent("create_thread")
        assert opened.payload["message"]["allowed_mentions"]["parse"] == []
        assert opened.payload["auto_archive_duration"] == 10_080
        # An edit changes the card and nothing else.
        card = await bot.discord.post(PLACE, "card:2", face())
        await bot.discord.edit(PLACE, card, face("13 people support it."))
        _, post = posts(fake)
        assert "13 people" in words_of(cards(fake, int(post["id"]))[0])
        assert not await fake.journal.tried("edit_channel", 0)
        await bot.discord.edit(PLACE, card, face(title="Two benches"))
        assert posts(fake)[1]["name"] == "Two benches"
        assert (await fake.sent("edit_channel"))[0].payload == {"name": "Two benches"}


async def test_a_name_that_was_changed_too_often_waits_alone_and_its_card_does_not(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake, tag(1, "Received"), tag(2, "Planned"))
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        fake.fail("edit_channel", faults.slow(0))
        fake.fail("edit_channel", faults.flooded(500))
        changed = face("13 people support it.", title="Two benches", tags=("planned",))
        with pytest.raises(TryLater) as raised:
            await bot.discord.edit(PLACE, card, changed)
        assert (raised.value.seconds, raised.value.alone) == (500, True)
        [post] = posts(fake)
        assert "13 people" in words_of(cards(fake, int(post["id"]))[0])
        assert tag_names(fake, post) == ["Planned"]
        await bot.discord.edit(PLACE, card, changed)
        assert posts(fake)[0]["name"] == "Two benches"


async def retag(bot: Running, *tags: JSON, requires: bool) -> None:
    """Somebody gives the forum other tags."""
    changed = {**bot.fake.world.channels[IDEAS], "available_tags": [*tags], "flags": 1 << 4 if requires else 0}
    bot.fake.world.channels[IDEAS].update(changed)
    bot.fake.push(channel_changed(changed))
    forum = bot.discord.client.get_channel(IDEAS)
    await until(lambda: [one.name for one in forum.available_tags] == [one["name"] for one in tags])  # type: ignore[union-attr]


async def test_tags_that_fit_are_used_and_missing_ones_made_where_the_bot_may_up_to_twenty(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake, tag(1, "Reçu"), tag(2, "Prévu", moderated=True), rights=MANAGE_CHANNELS)
    async with running(home, fake) as bot:
        await bot.discord.post(PLACE, "card:1", face(tags=("RECU", "A garden of more than twenty characters")))
        assert tag_names(fake, posts(fake)[0]) == ["Reçu", "A garden of more…"]
        await bot.discord.post(PLACE, "card:2", face(title="Another", tags=("reçu", "Garden")))
        known = [one["name"] for one in fake.world.channels[IDEAS]["available_tags"]]
        assert known == ["Reçu", "Prévu", "A garden of more…", "Garden"]
        await retag(bot, *(tag(number, f"Tag {number}") for number in range(1, 20)), requires=False)
        await bot.discord.post(PLACE, "card:3", face(title="A third", tags=("received", "garden")))
        assert tag_names(fake, posts(fake)[2]) == ["received"]
        assert len(fake.world.channels[IDEAS]["available_tags"]) == 20


async def test_without_manage_channels_tags_are_left_out_but_one_where_it_is_required_or_what_to_do_is_said(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake, tag(1, "Garden"), tag(2, "Received", moderated=True))
    async with running(home, fake) as bot:
        await bot.discord.post(PLACE, "card:1", face(tags=("received", "garden")))
        assert tag_names(fake, posts(fake)[0]) == ["Garden"]
        assert not await fake.journal.tried("edit_channel", 0)
        official = tag(1, "Official", moderated=True)
        await retag(bot, official, tag(2, "Talk"), requires=True)
        await bot.discord.post(PLACE, "card:2", face(title="Another"))
        assert tag_names(fake, posts(fake)[1]) == ["Talk"]
        await retag(bot, official, requires=True)
        with pytest.raises(Unreachable, match=r"#ideas requires a tag .* Manage Channels"):
            await bot.discord.post(PLACE, "card:3", face(title="A third"))


async def test_a_new_status_changes_the_tag_and_what_people_tagged_stays(home: Path, fake: FakeDiscord) -> None:
    build(fake, tag(1, "Received"), tag(2, "Planned"), tag(3, "Favourite of ours"))
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face(tags=("received",)))
        fake.world.channels[int(posts(fake)[0]["id"])]["applied_tags"].append("3")
        fake.world.turn_post(posts(fake)[0])
        await until(
            lambda: len(getattr(bot.discord.client.get_channel(int(posts(fake)[0]["id"])), "applied_tags", ())) == 2
        )
        for status in ("Planned", "Received", "Planned"):
            await bot.discord.edit(PLACE, card, face(tags=(status.lower(),)))
            assert tag_names(fake, posts(fake)[0]) == [status, "Favourite of ours"]


@pytest.mark.parametrize("rights", [0, MANAGE_THREADS])
async def test_a_decided_item_closes_its_post_and_opens_it_again_and_it_is_deleted_where_the_bot_may(
    home: Path, fake: FakeDiscord, rights: int
) -> None:
    build(fake, tag(1, "Received"), tag(2, "Done"), rights=rights)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        await bot.discord.edit(PLACE, card, face("Built.", tags=("done",), closed=True))
        [post] = posts(fake)
        assert tag_names(fake, post) == ["Done"]
        assert post["thread_metadata"]["archived"]
        assert post["thread_metadata"]["locked"] == bool(rights)
        await bot.discord.edit(PLACE, card, face("Built, and painted.", tags=("done",), closed=True))
        assert "painted" in words_of(cards(fake, int(post["id"]))[0])
        assert posts(fake)[0]["thread_metadata"]["archived"]
        await bot.discord.edit(PLACE, card, face("It broke."))
        [post] = posts(fake)
        assert not post["thread_metadata"]["archived"]
        assert not post["thread_metadata"]["locked"]
        assert tag_names(fake, post) == ["Received"]
        await bot.discord.remove(PLACE, card)
        assert bool(posts(fake)) is (not rights)


async def test_a_post_that_is_decided_when_it_opens_is_closed_at_once(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face(closed=True))
        assert posts(fake)[0]["thread_metadata"]["archived"]
    async with running(home, fake) as bot:
        assert await bot.discord.post(PLACE, "card:1", face(closed=True)) == card
        assert len(posts(fake)) == 1


async def test_a_post_that_discord_hid_is_brought_back_by_a_change_and_one_that_others_locked_is_said_to_be(
    home: Path, fake: FakeDiscord
) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        # The bot is not told: it learns from the refusal.
        fake.world.channels[int(posts(fake)[0]["id"])]["thread_metadata"]["archived"] = True
        await bot.discord.edit(PLACE, card, face("13 people support it."))
        [post] = posts(fake)
        assert "13 people" in words_of(cards(fake, int(post["id"]))[0])
        assert not post["thread_metadata"]["archived"]
        await lock(bot)
        with pytest.raises(Unreachable, match=r"archived and locked: .* Manage Posts"):
            await bot.discord.edit(PLACE, card, face("14 people support it."))


async def test_a_lost_answer_opens_no_second_post(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discord.http.asyncio", Hurried())
    build(fake)
    async with running(home, fake) as bot:
        for number, fault in enumerate((faults.unanswered(), faults.timed_out(), faults.page(502)), 1):
            fake.fail("create_thread", fault)
            with pytest.raises(TryLater):
                await bot.discord.post(PLACE, f"card:{number}", face("12 people support it.", title=f"Bench {number}"))
            await bot.discord.post(PLACE, f"card:{number}", face("13 people support it.", title=f"Bench {number}"))
            assert len(posts(fake)) == number, fault
        assert all("13 people" in words_of(cards(fake, int(post["id"]))[0]) for post in posts(fake))


async def test_what_a_bot_that_died_has_opened_is_found(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        first = await bot.discord.post(PLACE, "card:1", face())
    async with running(home, fake) as bot:
        other = await bot.discord.post(PLACE, "card:2", face("Nobody supports it yet."))
        assert await bot.discord.post(PLACE, "card:1", face("13 people support it.")) == first != other
        shown = [words_of(cards(fake, int(post["id"]))[0]) for post in posts(fake)]
        assert ["13 people" in words for words in shown] == [True, False], "the same words, and two items"
        assert not await fake.journal.tried("get_messages", 0), "the discussion is not read"


async def test_what_is_gone_is_told_apart(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        fake.push(message_deleted(cards(fake, int(posts(fake)[0]["id"]))[0]))
        with pytest.raises(Vanished):
            await bot.discord.edit(PLACE, card, face())
        fake.world.close_post(posts(fake)[0])
        with pytest.raises(Vanished):
            await bot.discord.edit(PLACE, card, face())
        await bot.discord.remove(PLACE, card)
        fake.push(channel_deleted(fake.world.channels[IDEAS]))
        await until(lambda: bot.discord.client.get_channel(IDEAS) is None)
        for act in (bot.discord.edit(PLACE, card, face()), bot.discord.post(PLACE, "card:2", face())):
            with pytest.raises(Unreachable, match="was deleted") as raised:
                await act
            assert type(raised.value) is Unreachable


async def test_what_is_forbidden_names_the_permission(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        for right, words in ((SEND, "Create Posts"), (1 << 10, "View Channels")):
            take(fake, right)
            await denied(bot, right)
            with pytest.raises(Unreachable, match=f"#ideas: allow the bot's role {words} there"):
                await bot.discord.post(PLACE, "card:1", face())


async def denied(bot: Running, right: int) -> None:
    """Wait until the bot knows that a permission is taken from it in the forum."""
    forum = bot.discord.client.get_channel(IDEAS)
    await until(lambda: [rule.pair()[1].value for rule in forum.overwrites.values()] == [right])  # type: ignore[union-attr]


async def test_a_post_that_may_not_be_deleted_is_emptied_renamed_and_closed(home: Path, fake: FakeDiscord) -> None:
    build(fake, tag(1, "Received"))
    async with running(home, fake) as bot:
        card = await bot.discord.post(PLACE, "card:1", face())
        for _ in range(2):
            await bot.discord.remove(PLACE, card)
        [post] = posts(fake)
        assert TITLE not in str(post)
        assert post["name"] == "Retiré"
        assert cards(fake, int(post["id"])) == []
        assert (tag_names(fake, post), post["thread_metadata"]["archived"]) == ([], True)
        with pytest.raises(Vanished):
            await bot.discord.edit(PLACE, card, face())


async def lock(bot: Running) -> None:
    """Somebody archives and locks the post."""
    bot.fake.world.turn_post(posts(bot.fake)[0], archived=True, locked=True)
    await until(lambda: bot.discord.client.get_channel(int(posts(bot.fake)[0]["id"])) is None)


def take(fake: FakeDiscord, right: int) -> None:
    """Take a permission from the bot in the forum."""
    changed = channel_changed(fake.world.channels[IDEAS])
    rule = {"id": str(STAFF), "type": 0, "allow": "0", "deny": str(right)}
    fake.push({**changed, "d": {**changed["d"], "permission_overwrites": [rule]}})
