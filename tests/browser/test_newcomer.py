"""What a newcomer meets: `portevoix demo` itself, in a browser, for some minutes and some Mondays."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from structlog.testing import capture_logs

from bot.demo import replay, run_demo
from bot.privacy.retention import EVERY, Sweep
from tests.browser.conftest import visiting
from tests.sockets.raw import free_port

PARIS = ZoneInfo("Europe/Paris")
TWO_MINUTES = 120.0

pytestmark = pytest.mark.browser


@dataclass
class Demo:
    """The demo as it runs, and the timers of its loop, which can be made to run down at once."""

    port: int
    running: "asyncio.Task[None]"
    swept: asyncio.Event = field(default_factory=asyncio.Event)
    _ahead: float = 0.0

    def __post_init__(self) -> None:
        loop = asyncio.get_running_loop()
        time = loop.time
        loop.time = lambda: time() + self._ahead  # type: ignore[method-assign]

    def pass_time(self, seconds: float) -> None:
        """Let whoever sleeps wake up as if so many seconds had passed."""
        self._ahead += seconds

    async def lives_through(self, seconds: float) -> None:
        """The same, until the daily sweep was made that comes meanwhile."""
        self.swept.clear()
        self.pass_time(seconds)
        await asyncio.wait_for(self.swept.wait(), seconds + 60)
        assert not self.running.done(), self.running


@pytest.fixture
async def demo(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Demo]:
    """`portevoix demo`, begun on a Wednesday morning."""
    monkeypatch.setenv("PORTEVOIX_KEY_FILE", str(template / "pv.key"))
    (tmp_path / "clock.json").write_text(json.dumps({"seconds_ahead": _until_wednesday().total_seconds()}))
    port = free_port()
    demo = Demo(port, asyncio.create_task(run_demo(tmp_path, port)))
    clear = Sweep.clear

    async def noted(sweep: Sweep) -> dict[str, int]:
        gone = await clear(sweep)
        demo.swept.set()
        return gone

    monkeypatch.setattr(Sweep, "clear", noted)
    yield demo
    demo.running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await demo.running


@pytest.fixture
async def page(demo: Demo, browser: Browser) -> AsyncIterator[Page]:
    """Its page, once it listens."""
    while not await _listens(demo.port):
        assert not demo.running.done(), demo.running
        await asyncio.sleep(0.05)
    async with visiting(browser, demo.port) as page:
        yield page


async def test_it_lives_through_two_minutes_and_more_mondays_than_its_story_has(page: Page, demo: Demo) -> None:
    await expect(_digests(page)).to_have_count(1)
    await demo.lives_through(TWO_MINUTES)
    for number in range(1, 6):
        await _move(page)
        await expect(_digests(page)).to_have_count(1 + number)
        await expect(page.locator("#clock")).to_contain_text("Monday")
        await expect(_digests(page).last).to_contain_text("people")
        await expect(_digests(page).last).not_to_contain_text("Nothing new this week.")
        await demo.lives_through(EVERY)
    await _say(_community(page), "/suggest A bench in the shade by the door")
    await expect(_community(page).get_by_role("article").last).to_contain_text("Got it: suggestion #")


async def test_four_presses_in_a_row_tell_four_mondays(page: Page) -> None:
    for _ in range(4):
        await _move(page)
    await expect(_digests(page)).to_have_count(5)
    periods = await _digests(page).locator("h3 + p").all_inner_texts()
    assert len(set(periods)) == 5


async def test_a_clock_that_cannot_be_moved_says_so_and_moves_at_the_next_press(
    page: Page, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = page.get_by_role("banner").get_by_role("status")
    with monkeypatch.context() as patch, capture_logs() as log:
        patch.setattr(replay, "_replay", _broken)
        await _move(page)
        await expect(told).to_contain_text("The clock could not be moved.")
        await expect(page.locator("#clock")).to_contain_text("Wednesday")
        demo.pass_time(TWO_MINUTES)
        async with asyncio.timeout(TWO_MINUTES):
            while not [entry for entry in log if entry["event"] == "stopped" and entry["task"] == "story"]:
                await asyncio.sleep(0.01)
    await _move(page)
    await expect(told).to_have_text("Monday's digest arrives in the staff's place.")
    await expect(_digests(page)).to_have_count(2)
    assert not demo.running.done()


async def test_a_plain_question_is_answered_or_the_page_says_how_to_ask(page: Page) -> None:
    community = _community(page)
    await expect(community.locator(".hint")).to_contain_text("@portevoix and a question")
    await _say(community, "Will somebody be there tomorrow?")
    await expect(community.get_by_role("status")).to_contain_text("To ask the bot, begin with @portevoix.")
    await _say(community, "@portevoix When is pick-up open?")
    await expect(community.get_by_role("article").last).to_contain_text("This helped")
    await expect(community.get_by_role("status")).to_have_text("")


@pytest.mark.parametrize("who", ["camille", "noor", "alex"])
async def test_help_names_no_command_that_does_not_fit_here(page: Page, who: str) -> None:
    await page.goto(f"/?as={who}&lang=en")
    for pane in (_community(page), page.get_by_role("region", name="Staff")):
        await _say(pane, "/help")
        help_ = pane.get_by_role("article").last
        await expect(help_).to_contain_text("What you can do here")
        await expect(help_).not_to_contain_text("CODE")
        await expect(help_).not_to_contain_text("portevoix code")


def _community(page: Page) -> Locator:
    return page.get_by_role("region", name="La Brouette")


def _digests(page: Page) -> Locator:
    return page.get_by_role("region", name="Staff").get_by_role("article").filter(has_text="Your week")


async def _move(page: Page) -> None:
    """Press the clock's button, and wait until the page has an answer to it."""
    async with page.expect_response("**/clock*"):
        await page.get_by_role("button", name="Move the clock to next Monday 09:00").click()
    await expect(page.locator(".clock")).not_to_have_attribute("aria-busy", "true")


async def _say(pane: Locator, text: str) -> None:
    await pane.page.wait_for_load_state()
    await pane.get_by_role("textbox", name="Message").fill(text)
    await pane.get_by_role("textbox", name="Message").press("Enter")


async def _broken(*_: object) -> None:
    raise RuntimeError


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def _until_wednesday() -> timedelta:
    now = datetime.now(PARIS)
    morning = now.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=(2 - now.weekday()) % 7 or 7)
    return morning - now
