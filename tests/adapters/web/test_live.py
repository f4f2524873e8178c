"""What arrives while one looks: events without loss or doubles, the clock, and the digest."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from adapters.web.timeline import Entry, Pane, Timeline
from adapters.web.visit import next_monday
from bot.clock import MovableClock
from bot.core import Core
from bot.ports.adapter import Address
from bot.ports.reply import say
from storage.engine.errors import StoreError
from tests.adapters.html import read
from tests.adapters.web.stage import WebStage, web_stage
from tests.stage import Person

SOON = 60.0


@dataclass
class Stream:
    """An open event stream, read line by line."""

    lines: AsyncIterator[str]
    last_id: str = ""
    seen: list[tuple[str, str]] = field(default_factory=list)

    async def until(self, wanted: Callable[[str, str], bool]) -> str:
        """Read on until an event is the one wanted; returns its data."""
        name, data = "", []
        async with asyncio.timeout(SOON):
            async for line in self.lines:
                kind, _, value = line.partition(": ")
                name = value if kind == "event" else name
                data += [value] if kind == "data" else []
                self.last_id = value if kind == "id" else self.last_id
                if not line and data:
                    text = "\n".join(data)
                    self.seen.append((name, text))
                    if wanted(name, text):
                        return text
                    name, data = "", []
        raise AssertionError("the stream ended")

    async def hears(self, words: str, pane: str = "community") -> str:
        return await self.until(lambda name, data: name == pane and words in data)


@asynccontextmanager
async def watching(page: WebStage, as_: str, after: str = "", last_id: str = "") -> AsyncIterator[Stream]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    async with page.http.stream("GET", "/events", params={"as": as_, "after": after}, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def test_what_is_said_arrives_while_one_looks_and_what_is_private_at_one_person_alone(
    page: WebStage, camille: Person, noor: Person
) -> None:
    async with watching(page, "camille") as mine, watching(page, "noor") as theirs:
        await camille.says("/suggest A secret plan")
        await mine.hears("Got it")
        await page.web.send(Address("camille", True, "k"), say("#1 is now planned."))
        assert "only you see this" in await mine.hears("#1 is now planned.")
        await camille.chats("Hello\r\nthere")
        article = read(await theirs.hears("Hello")).all("article")[0]
        assert "Hello\nthere" in article.text
        assert not [data for _, data in theirs.seen if "secret" in data or "Got it" in data or "planned" in data]


async def test_neither_a_lost_connection_nor_a_page_just_made_loses_or_doubles_anything(
    page: WebStage, camille: Person
) -> None:
    async with watching(page, "camille") as stream:
        await camille.chats("one")
        await stream.hears("one")
        last = stream.last_id
    html = (await page.http.get("/", params={"as": "camille"})).text
    cursor = read(html).all("body")[0].attributes["data-cursor"]
    await camille.chats("two")
    async with watching(page, "camille", after=cursor) as stream:
        await stream.hears("two")
        assert not [data for _, data in stream.seen if ">one<" in data]
    async with watching(page, "camille", last_id=last, after="elsewhere-0") as stream:
        await camille.chats("three")
        await stream.hears("three")
    texts = [read(data).all("article")[0].text for name, data in stream.seen if name == "community"]
    assert [text.split()[-1] for text in texts] == ["two", "three"]


async def test_after_a_restart_an_open_page_is_shown_what_is_new_and_digests_once_in_their_place(
    page: WebStage, camille: Person
) -> None:
    await camille.says("/suggest A dark theme")
    await page.act(camille, pane="staff", text="/digest now")
    # It is owed when the bot stops.
    await page.restart()
    await page.deliver()
    tree = read((await page.http.get("/", params={"as": "camille"})).text)
    assert len([article for article in tree.all("article") if "Your week" in article.text]) == 1
    async with watching(page, "camille", after="") as stream:
        before = read(await stream.hears("Your week", "staff")).all("article")[0].attributes["id"]
        last = stream.last_id
    await page.restart()
    async with watching(page, "camille", last_id=last) as stream:
        again = read(await stream.hears("Your week", "staff")).all("article")[0].attributes["id"]
    assert again == before


@pytest.fixture
async def movable(core: Core) -> AsyncIterator[WebStage]:
    clock = MovableClock(datetime(2026, 3, 4, 10, 0, tzinfo=UTC) - datetime.now(UTC))
    async with web_stage(replace(core, clock=clock)) as stage:
        yield stage


async def test_moving_the_clock_is_seen_at_once_in_the_pages_language_and_brings_the_digest(movable: WebStage) -> None:
    tree = read((await movable.http.get("/", params={"as": "onlooker", "lang": "fr"})).text)
    said = [node.text for node in tree.all("p") if node.attributes.get("id") == "clock"]
    assert said == ["mercredi 4 mars 2026, 11:00"]
    async with watching(movable, "onlooker") as stream:
        assert await stream.until(lambda name, _: name == "clock") == "Wednesday 4 March 2026, 11:00"
        await movable.http.post("/clock", params={"as": "onlooker"})
        assert await stream.until(lambda name, _: name == "clock") == "Monday 9 March 2026, 09:00"
        await movable.pass_time()
        await movable.deliver()
        assert "2-8 March" in await stream.hears("Your week", "staff")


async def test_a_clock_that_fails_stays_where_it_is_and_says_so_in_the_pages_language(
    movable: WebStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def travel(_clock: MovableClock, _moment: datetime) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(MovableClock, "travel", travel)
    before = movable.core.clock.now()
    for accept in ("application/json", "text/html"):
        with capture_logs() as log:
            answer = await movable.http.post("/clock?as=onlooker&lang=fr", headers={"Accept": accept})
        assert answer.status_code == 503
        assert "L’horloge n’a pas pu être avancée." in answer.text
        assert log[0]["reference"] in answer.text
        assert "secret" not in f"{answer.text}{log}"
    assert movable.core.clock.now() - before < timedelta(hours=1)

    async def fill(_clock: MovableClock, _moment: datetime) -> None:
        raise StoreError("The disk is full: make room.")

    # A store's trouble is logged with its mend.
    monkeypatch.setattr(MovableClock, "travel", fill)
    with capture_logs() as log:
        await movable.http.post("/clock?as=onlooker")
    assert log[0]["mend"] == "The disk is full: make room."


async def test_a_clock_that_cannot_be_moved_offers_no_button(page: WebStage) -> None:
    assert "Move the clock" not in (await page.http.get("/")).text
    assert (await page.http.post("/clock")).status_code == 404


MONDAYS = {
    "2026-03-04T11:00": "2026-03-09T09:00",
    "2026-03-09T08:59": "2026-03-09T09:00",
    "2026-03-09T09:00": "2026-03-16T09:00",
    "2026-03-28T12:00": "2026-03-30T09:00",
}


def test_next_monday_is_nine_local() -> None:
    zone = ZoneInfo("Europe/Paris")
    at = {text: datetime.fromisoformat(text).replace(tzinfo=zone) for pair in MONDAYS.items() for text in pair}
    assert {now: next_monday(at[now], zone) for now in MONDAYS} == {now: at[then] for now, then in MONDAYS.items()}


def test_a_pane_forgets_the_oldest_and_not_the_other_panes() -> None:
    timeline, now = Timeline(most=3), datetime.now(UTC)
    timeline.add(Entry(Pane.STAFF, now, text="digest"))
    for number in range(5):
        timeline.add(Entry(Pane.COMMUNITY, now + timedelta(seconds=number), text=str(number)))
    shown = timeline.shown({Pane.COMMUNITY: "a", Pane.STAFF: "b"})
    assert [entry.text for entry in shown] == ["digest", "2", "3", "4"]
