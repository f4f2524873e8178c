"""The demo in a real browser."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from adapters.web.personas import CAST, PLATFORM
from bot.clock import MovableClock
from bot.core import Core
from bot.delivery.courier import Courier
from bot.features.digest.posting.timetable import Timetable
from tests.adapters.web.stage import WebStage, web_stage
from tests.clock import WEDNESDAY

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000


@pytest.fixture
async def demo(core: Core) -> AsyncIterator[WebStage]:
    """The page with the people of the demo, and everything that runs beside it."""
    clock = MovableClock(WEDNESDAY - datetime.now(UTC))
    async with web_stage(replace(core, clock=clock), CAST) as stage:
        courier = Courier(stage.core, {PLATFORM: stage.web})
        beside = [asyncio.create_task(job) for job in (courier.run(), Timetable(stage.core).run())]
        yield stage
        for task in beside:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*beside)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "These tests drive Debian's chromium, which is not installed: apt-get install chromium."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(demo: WebStage, browser: Browser) -> AsyncIterator[Page]:
    """The demo as it opens, in English."""
    async with visiting(browser, demo.web.port) as page:
        yield page


@contextlib.asynccontextmanager
async def visiting(browser: Browser, port: int) -> AsyncIterator[Page]:
    """A page of the demo as it opens, in English; nothing may go wrong in its script."""
    expect.set_options(timeout=PATIENCE)
    context = await browser.new_context(base_url=f"http://127.0.0.1:{port}", locale="en")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    await page.goto("/")
    yield page
    await context.close()
    assert not faults


def _is_fault(message: ConsoleMessage) -> bool:
    """What a script or the content policy complains of; what does not arrive, or is refused, the page tells itself."""
    return message.type == "error" and "Failed to load resource" not in message.text
