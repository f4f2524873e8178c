"""The ideas on the page: cards that are added, change where they stand and go, for everybody who looks."""

import pytest
from sqlmodel import Session, select

from adapters.web.board import IDEAS, MOST_CLOSED, MOST_OPEN
from adapters.web.client import Web
from adapters.web.personas import PLATFORM, cast
from bot.core import Core
from bot.ports.adapter import Offline, Unreachable, Vanished
from bot.ports.reply import Quote
from storage.items import feedback
from storage.models import Card
from storage.people import communities
from tests.adapters.html import Node, read, shown
from tests.adapters.web.stage import DESK, ONLOOKER, WebStage
from tests.adapters.web.test_live import watching
from tests.cards import show_card
from tests.faces import decided, face, picture
from tests.pictures import png
from tests.stage import Person


async def ideas(page: WebStage) -> Node:
    """The part of the page with the cards, as it is now."""
    answer = await page.http.get("/", params={"as": "onlooker"})
    return next(one for one in read(answer.text).all("section") if one.attributes.get("id") == "ideas")


async def cards(page: WebStage) -> list[str]:
    return [shown(article) for article in (await ideas(page)).all("article")]


@pytest.fixture(autouse=True)
def onlooker(page: WebStage) -> Person:
    return page.meet(Person(page, "onlooker"))


async def test_a_card_of_the_community_s_alone_has_its_words_as_words_its_facts_and_its_buttons(page: WebStage) -> None:
    await page.web.post(IDEAS, "1", face(picture(png()), words="<b>A bench</b>, please."))
    (card,) = await cards(page)
    assert card.startswith("Suggestion #12\n> <b>A bench</b>, please.\n[#12: bench.png]\nStatus: received")
    assert card.endswith("[Support] [Follow]\n")
    await page.web.post(IDEAS, "2", face(Quote("<script>alert(1)</script>")))
    assert not (await ideas(page)).all("script")
    with pytest.raises(Unreachable):
        await page.web.post("staff", "1", face())


async def test_the_newest_open_ones_stand_above_what_was_decided_last(page: WebStage) -> None:
    for number in range(MOST_OPEN + 2):
        await page.web.post(IDEAS, f"open {number}", face(words=f"Idea {number}"))
    for number in range(MOST_CLOSED + 1):
        await page.web.post(IDEAS, f"closed {number}", decided())
    found = await cards(page)
    assert len(found) == MOST_OPEN + MOST_CLOSED
    assert [f"Idea {MOST_OPEN + 1}" in found[0], "Idea 2" in found[MOST_OPEN - 1]] == [True, True]
    assert "[Support]" not in found[-1]


async def test_an_edit_or_the_same_delivery_changes_a_card_where_it_stands_and_what_is_taken_away_is_gone(
    page: WebStage,
) -> None:
    first, second = [await page.web.post(IDEAS, str(number), face(words=f"Idea {number}")) for number in range(2)]
    await page.web.edit(IDEAS, first, face(words="Idea 0", count="1 supporter"))
    found = await cards(page)
    assert "1 supporter" in found[1]
    assert "Idea 1" in found[0]
    assert await page.web.post(IDEAS, "1", decided()) == second
    assert ["It stands since Monday." in card for card in await cards(page)] == [False, True]
    for message in (first, second):
        # It may be taken away again.
        for _ in range(2):
            await page.web.remove(IDEAS, message)
    assert not await cards(page)
    with pytest.raises(Vanished):
        await page.web.edit(IDEAS, first, face())


async def test_who_looks_sees_cards_come_change_move_up_and_go(page: WebStage) -> None:
    async with watching(page, "onlooker") as stream:
        message = await page.web.post(IDEAS, "1", face())
        added = read(await stream.hears("0 supporters", IDEAS))
        await page.web.edit(IDEAS, message, face(count="1 supporter"))
        changed = read(await stream.hears("1 supporter", IDEAS))
        await page.web.remove(IDEAS, message)
        gone = read(await stream.hears('data-order=""', IDEAS))
        ids = [[article.attributes["id"] for article in tree.all("article")] for tree in (added, changed, gone)]
        assert ids == [[f"e-{message}"], [f"e-{message}"], []]
        # One that moves up since another went comes along.
        posted = [await page.web.post(IDEAS, f"new {number}", face(words=f"Idea {number}.")) for number in range(11)]
        await stream.hears("Idea 10.", IDEAS)
        await page.web.remove(IDEAS, posted[5])
        await stream.hears("Idea 0.", IDEAS)


async def test_whoever_is_chosen_presses_and_is_answered_alone_beside_the_cards(
    page: WebStage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await show_card(page)
    page.meet(noor)
    await page.look()
    entry, token = page.button(noor, "Support")
    sent = {"pane": "community", "event": "event-of-noor", "button": token, "entry": entry}
    answer = await page.http.post("/act", params={"as": "noor"}, data=sent, headers={"Accept": "application/json"})
    assert answer.json()["said"] == "Noted: you support #1 (1 supporter). The outcome will come to you."
    await page.look()
    noor.hears("Noted: you support #1 (1 supporter).", "[Take support back]")
    assert not [text for text in page.heard(camille) if "you support" in text]
    await noor.presses("Take support back")
    noor.hears("is taken back")


async def test_a_page_that_is_not_open_takes_no_cards(core: Core) -> None:
    web = Web(core, lambda _: None, cast(DESK, ONLOOKER))  # type: ignore[arg-type,return-value]
    with pytest.raises(Offline):
        await web.post(IDEAS, "1", face())


async def test_after_a_restart_what_stood_on_the_page_is_due_again(page: WebStage, camille: Person) -> None:
    await camille.says("/suggest Sunday opening")

    def keep(session: Session) -> None:
        home = communities.every(session)[0]
        place = communities.join_place(session, home.id, PLATFORM, IDEAS, staff=False)
        item = feedback.by_number(session, home.id, 1)
        assert item
        card = Card(feedback_id=item.id, place_id=place.id, next_at=page.core.clock.now())
        card.message, card.shown, card.shown_revision = "card-1", "digest", card.revision
        session.add(card)

    await page.core.store.write(keep)
    await page.restart()
    (card,) = await page.core.store.read(lambda session: session.exec(select(Card)).all())
    assert (card.message, card.shown, card.revision != card.shown_revision) == ("", "", True)
