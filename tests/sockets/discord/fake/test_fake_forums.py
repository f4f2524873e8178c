"""The fake Discord's forums refuse what Discord's do."""

from collections.abc import Mapping
from typing import Any

import aiohttp

from tests.sockets.discord.boards import IDEAS, build, posts, tag
from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import MANAGE_CHANNELS, MANAGE_THREADS
from tests.sockets.fakes.discord import FakeDiscord

NEW: Mapping[str, Any] = {"name": "A bench", "message": {"content": "By the school."}}


async def call(fake: FakeDiscord, verb: str, path: str, **content: Any) -> tuple[int, Any]:
    """The status, and Discord's code or the answer."""
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with (
        aiohttp.ClientSession(fake.api_url + "/", headers=headers) as session,
        session.request(verb, path, json=content or None) as answer,
    ):
        told = await answer.json() if answer.status != 204 else {}
        return answer.status, told.get("code", told) if isinstance(told, dict) else told


async def opened(fake: FakeDiscord, **more: Any) -> int:
    _, post = await call(fake, "POST", f"channels/{IDEAS}/threads", **NEW, **more)
    return int(post["id"])


async def test_a_post_that_is_not_well_formed(fake: FakeDiscord) -> None:
    build(fake, tag(1, "Received"), tag(2, "Official", moderated=True))
    malformed: list[tuple[dict[str, Any], tuple[int, int]]] = [
        ({"name": ""}, (400, 50035)),
        ({"name": "x" * 101}, (400, 50035)),
        ({"applied_tags": ["9"]}, (400, 50035)),
        ({"applied_tags": ["2"]}, (403, 50013)),
        ({"message": {"content": ""}}, (400, 50006)),
    ]
    for more, refused in malformed:
        assert await call(fake, "POST", f"channels/{IDEAS}/threads", **{**NEW, **more}) == refused, more
    assert posts(fake) == []


async def test_a_post_without_a_tag_where_one_is_required(fake: FakeDiscord) -> None:
    build(fake, tag(1, "Received"), requires=True)
    assert await call(fake, "POST", f"channels/{IDEAS}/threads", **NEW) == (400, 40067)


async def test_what_is_archived_is_opened_before_it_is_changed(fake: FakeDiscord) -> None:
    build(fake)
    post = await opened(fake)
    await call(fake, "PATCH", f"channels/{post}", archived=True)
    assert await call(fake, "PATCH", f"channels/{post}", name="Two benches") == (400, 50083)
    assert await call(fake, "PATCH", f"channels/{post}/messages/{post}", content="Two.") == (400, 50083)
    assert await call(fake, "DELETE", f"channels/{post}/messages/{post}") == (400, 50083)
    _, active = await call(fake, "GET", f"guilds/{2 << 30}/threads/active")
    assert active["threads"] == []
    status, _ = await call(fake, "PATCH", f"channels/{post}", archived=False)
    assert status == 200


async def test_locking_and_deleting_take_manage_threads_and_tags_manage_channels(fake: FakeDiscord) -> None:
    build(fake)
    post = await opened(fake)
    assert await call(fake, "PATCH", f"channels/{post}", locked=True) == (403, 50013)
    assert await call(fake, "DELETE", f"channels/{post}") == (403, 50013)
    assert await call(fake, "PATCH", f"channels/{IDEAS}", available_tags=[]) == (403, 50013)
    build(fake, rights=MANAGE_THREADS | MANAGE_CHANNELS)
    post = await opened(fake)
    assert (await call(fake, "PATCH", f"channels/{post}", locked=True))[0] == 200
    assert (await call(fake, "DELETE", f"channels/{post}"))[0] == 200
    many = [{"name": f"Tag {number}"} for number in range(21)]
    assert await call(fake, "PATCH", f"channels/{IDEAS}", available_tags=many) == (400, 50035)


async def test_the_post_of_somebody_else_is_not_the_bots_to_change(fake: FakeDiscord) -> None:
    build(fake)
    fake.world.open_post(fake.world.channels[IDEAS], fake.world.new_id(), "A bench", [], owner=8)
    assert await call(fake, "PATCH", f"channels/{posts(fake)[0]['id']}", name="Mine") == (403, 50013)
