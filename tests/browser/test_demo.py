"""The demo used as a person would: type, fill in, press, look."""

import asyncio

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.adapters.web.stage import WebStage

FOCUSED = """() => {
  const focused = document.activeElement;
  const name = focused === document.body ? "nothing" : focused.innerText || focused.id;
  return [name, getComputedStyle(focused).outlineStyle];
}"""

pytestmark = pytest.mark.browser


def _community(page: Page) -> Locator:
    return page.get_by_role("region", name="Plaza")


def _staff(page: Page) -> Locator:
    return page.get_by_role("region", name="Staff")


async def _say(pane: Locator, text: str) -> None:
    await pane.page.wait_for_load_state()  # before it, Enter would only start a line
    await pane.get_by_role("textbox", name="Message").fill(text)
    await pane.get_by_role("textbox", name="Message").press("Enter")


async def _become(page: Page, name: str) -> None:
    await page.get_by_role("link", name=name).click()
    await expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")


def _last(pane: Locator) -> Locator:
    return pane.get_by_role("article").last


async def test_a_suggestion_is_typed_and_its_receipt_arrives(page: Page) -> None:
    await _say(_community(page), "/suggest A dark theme")
    await expect(_last(_community(page))).to_contain_text("Got it: suggestion #1.")
    await expect(_last(_community(page))).to_contain_text("only you see this")
    await expect(_community(page).get_by_role("textbox", name="Message")).to_have_value("")
    await _last(_community(page)).get_by_role("button", name="Team only").click()
    await expect(_last(_community(page))).to_contain_text("#1 is changed. Only the team can see it")


async def test_shift_enter_starts_a_line_and_the_button_sends(page: Page) -> None:
    box = _community(page).get_by_role("textbox", name="Message")
    await box.press_sequentially("First")
    await box.press("Shift+Enter")
    await box.press_sequentially("second")
    await _community(page).get_by_role("button", name="Send").click()
    await expect(_last(_community(page)).locator(".words")).to_have_text("First\nsecond", use_inner_text=True)


async def test_a_shy_member_fills_in_a_problem_without_a_name_and_is_told_the_outcome(page: Page) -> None:
    await _become(page, "Noor")
    await _community(page).get_by_role("button", name="Problem", exact=True).click()
    form = page.get_by_role("dialog", name="Problem")
    await expect(form.get_by_label("Your words")).to_be_focused()
    await expect(form.get_by_label("The team only")).to_be_checked()
    await form.get_by_label("Your words").fill("I am paid late")
    await form.get_by_label("Without my name").check()
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_be_hidden()
    await expect(_last(_community(page))).to_contain_text("Without your name. Only the team reads this")
    await _last(_community(page)).get_by_role("button", name="Send").click()
    await expect(_last(_community(page))).to_contain_text("Got it: problem #1000.")

    await _become(page, "Alex")
    await expect(page.get_by_text("paid late")).to_have_count(0)
    await _say(_community(page), "/queue")
    await expect(_last(_community(page))).to_contain_text("without a name")
    await expect(_last(_community(page))).not_to_contain_text("Noor")
    await _last(_community(page)).get_by_role("button", name="Resolved").click()
    await expect(_last(_community(page))).to_contain_text("1 person will be told.")

    await _become(page, "Noor")
    await expect(_last(_community(page))).to_contain_text("#1000 is now resolved.")


async def test_the_bots_question_opens_a_form_that_closes_when_it_is_answered(page: Page) -> None:
    await _say(_community(page), "/suggest")
    words = _community(page).get_by_role("article").get_by_label("Your words")
    await expect(words).to_be_focused()
    await words.fill("A bench in the shade")
    await _last(_community(page)).get_by_role("button", name="Send").click()
    await expect(_last(_community(page))).to_contain_text("Got it: suggestion #1.")
    await expect(words).to_have_count(0)


async def test_monday_brings_the_digest_and_the_staff_decides_from_it(page: Page) -> None:
    await _say(_community(page), "/suggest A dark theme")
    await expect(_last(_community(page))).to_contain_text("Got it")
    await expect(page.get_by_text("Wednesday 4 March 2026")).to_be_visible()
    await page.get_by_role("button", name="Move the clock to next Monday 09:00").click()
    await expect(page.get_by_text("Monday 9 March 2026, 09:00")).to_be_visible()
    digest = _last(_staff(page))
    await expect(digest).to_contain_text("Your week · Plaza")
    await expect(digest).to_contain_text("#1 A dark theme")
    await digest.get_by_role("button", name="Decide #1").click()
    await expect(_last(_staff(page))).to_contain_text("Suggestion #1")
    await _last(_staff(page)).get_by_role("button", name="Planned", exact=True).click()
    await expect(_last(_community(page))).to_contain_text("#1 is now planned.")


async def test_the_page_changes_to_french_with_everything_on_it(page: Page) -> None:
    await page.get_by_role("button", name="Français").click()
    staff = page.get_by_role("region", name="Équipe")
    await expect(staff.get_by_role("button", name="Envoyer")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await _say(_community(page), "/suggerer Un thème sombre")
    await expect(_last(_community(page))).to_contain_text("Bien reçu")
    await _say(_community(page), "/langue en")
    await expect(_community(page).get_by_role("button", name="Send")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_two_people_see_each_other_talk_at_once(page: Page, demo: WebStage, browser: Browser) -> None:
    other = await browser.new_page(base_url=f"http://127.0.0.1:{demo.web.port}")
    await other.goto("/?as=noor&lang=en")
    await _say(_community(page), "Hello <b>everyone</b>")
    await expect(_last(_community(other)).locator(".words")).to_have_text("Hello <b>everyone</b>")
    await other.close()


async def test_a_message_that_did_not_arrive_stays_and_says_so(page: Page) -> None:
    await page.route("**/act*", lambda route: route.abort())
    box = _community(page).get_by_role("textbox", name="Message")
    await _say(_community(page), "Hello")
    await expect(_community(page).get_by_role("status")).to_have_text("This did not arrive. Please send it again.")
    await expect(box).to_have_value("Hello")
    await page.unroute("**/act*")
    await box.press("Enter")
    await expect(_last(_community(page)).locator(".words")).to_have_text("Hello")
    await expect(_community(page).get_by_role("status")).to_have_text("")


async def test_the_page_survives_a_restart_of_the_bot(page: Page, demo: WebStage) -> None:
    await _say(_community(page), "/suggest A dark theme")
    await expect(_last(_community(page))).to_contain_text("Got it")
    await demo.restart()
    await _last(_community(page)).get_by_role("button", name="Withdraw").click()
    await expect(_last(_community(page))).to_contain_text("#1 is withdrawn.")


async def test_messages_sent_faster_than_they_travel_all_arrive_in_order(page: Page) -> None:
    async def slow(route: Route) -> None:
        await asyncio.sleep(0.3)
        await route.continue_()

    await page.route("**/act*", slow)
    for word in ("one", "two", "three"):
        await _say(_community(page), word)
    await expect(_community(page).locator("article .words")).to_have_text(["one", "two", "three"])


async def test_a_button_pressed_twice_in_a_hurry_counts_once(page: Page) -> None:
    await _say(_community(page), "/suggest A dark theme")
    await _last(_community(page)).get_by_role("button", name="Withdraw").dblclick()
    await expect(_last(_community(page))).to_contain_text("#1 is withdrawn.")
    await _say(_community(page), "Hello")
    await expect(_community(page).get_by_role("article")).to_have_count(3)


@pytest.mark.parametrize("width", [360, 800, 1280])
async def test_nothing_overflows(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 780})
    await _say(_community(page), "/suggest " + "wordwithoutend" * 60)
    await expect(_last(_community(page))).to_contain_text("Got it")
    for command in ("/suggest", "/status 1", "/help"):
        await _say(_staff(page), command)
        await expect(_staff(page).locator("article.person").last).to_contain_text(command)
    await _say(_community(page), "wordwithoutend" * 60)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    for pane in await page.locator(".timeline").all():
        assert await pane.evaluate("pane => pane.scrollWidth <= pane.clientWidth")
    await _say(_community(page), "/ask Which of the volunteers feeds the dragon behind the hall on public holidays?")
    await expect(_last(_community(page))).to_contain_text("passed it on")
    await _say(_staff(page), "/unanswered")
    row = _last(_staff(page)).locator(".row").first
    assert await row.evaluate("row => 2 * row.firstElementChild.offsetWidth >= row.offsetWidth")
    await _community(page).get_by_role("button", name="Suggestion", exact=True).click()
    box = await page.get_by_role("dialog", name="Suggestion").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


async def test_everything_is_reached_with_the_keyboard_and_the_focus_is_seen(page: Page) -> None:
    reached: set[str] = set()
    for _ in range(40):
        await page.keyboard.press("Tab")
        name, outline = await page.evaluate(FOCUSED)
        assert outline != "none" or name == "nothing", name
        reached.add(name.split("\n")[0])
    assert {"Français", "Suggestion", "message-community", "message-staff", "Send"} <= reached
    assert any(name.startswith("Noor") for name in reached)


async def test_it_works_without_the_script(demo: WebStage, browser: Browser) -> None:
    context = await browser.new_context(base_url=f"http://127.0.0.1:{demo.web.port}", java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/?as=camille&lang=en")
    await _community(page).get_by_role("textbox", name="Message").fill("/suggest A dark theme")
    await _community(page).get_by_role("button", name="Send").click()
    await expect(_last(_community(page))).to_contain_text("Got it: suggestion #1.")
    await _last(_community(page)).get_by_role("button", name="Withdraw").click()
    await expect(_last(_community(page))).to_contain_text("#1 is withdrawn.")
    await _community(page).get_by_role("button", name="Question", exact=True).click()
    form = page.get_by_role("dialog", name="Question")
    await form.get_by_label("Your question").fill("When do you open?")
    await form.get_by_role("button", name="Send").click()
    await expect(_last(_community(page))).to_contain_text("I don't know, and I'd rather not guess.")
    await context.close()
