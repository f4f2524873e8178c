"""The ideas in a real browser: a card comes, changes where it stands and goes, on a wide page and on a phone."""

import pytest
from playwright.async_api import Page, expect

from adapters.web.board import IDEAS
from tests.adapters.web.stage import WebStage
from tests.cards import show_card
from tests.faces import decided, face
from tests.stage import Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 1000, 390])
async def test_a_card_comes_is_pressed_changes_and_goes(demo: WebStage, page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    ideas = page.get_by_role("region", name="Ideas")
    await expect(ideas).to_be_hidden()
    await demo.say(Person(demo, "noor"), "/suggest Sunday opening")
    await show_card(demo)
    await expect(ideas.get_by_role("article")).to_contain_text("Sunday opening")
    await ideas.get_by_role("button", name="Support").click()
    await expect(ideas.get_by_role("status")).to_contain_text("Noted: you support #1 (1 supporter).")
    last = page.get_by_role("region", name="Plaza").get_by_role("article").last
    await expect(last.get_by_role("button", name="Take support back")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"

    message = await demo.web.post(IDEAS, "another", face())
    await expect(ideas.get_by_role("article")).to_have_count(2)
    await ideas.get_by_role("article").first.get_by_role("button", name="Follow").focus()
    await demo.web.edit(IDEAS, message, face(count="7 supporters"))
    await expect(ideas.get_by_role("article").first).to_contain_text("7 supporters")
    await expect(ideas.get_by_role("article").first.get_by_role("button", name="Support")).to_be_focused()
    await demo.web.edit(IDEAS, message, decided())
    await expect(ideas.get_by_role("article").last).to_contain_text("It stands since Monday.")
    await demo.web.remove(IDEAS, message)
    await expect(ideas.get_by_role("article")).to_have_count(1)
