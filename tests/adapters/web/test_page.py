"""The page as a platform: who sees what, and what a form of it becomes."""

from uuid import uuid4

import pytest
from sqlmodel import select

from bot.ports.adapter import Address, Unreachable
from bot.ports.reply import Image, Quote, Reply, Strong, say
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Question
from storage.people import communities
from tests.adapters.html import Node, read, shown
from tests.adapters.web.looks import _articles, _kept, _look
from tests.adapters.web.stage import WebStage
from tests.stage import Person

PNG = b"\x89PNG\r\n\x1a\n"


def _texts(tree: Node, pane: str = "community") -> list[str]:
    return [shown(article).strip() for article in _articles(tree, pane)]


async def test_a_command_and_its_private_reply_are_seen_by_one_person_and_talk_and_public_replies_by_everyone(
    page: WebStage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest A dark theme")
    camille.hears("Got it: suggestion #1.")
    mine = _articles(await _look(page, camille))
    assert ["only you see this" in article.text for article in mine] == [True, True]
    assert not _articles(await _look(page, noor))
    # A public reply is seen by everyone.
    await camille.says("/top")
    heard = _articles(await _look(page, noor))
    assert "Most supported" in heard[0].text
    assert "only you see this" not in heard[0].text
    # Plain talk, too, and the bot keeps quiet.
    await camille.chats("Anyone around this weekend?")
    camille.hears_nothing()
    assert _texts(await _look(page, noor))[-1:] == ["Anyone around this weekend?"]


async def test_what_is_typed_after_a_private_question_is_never_both_filed_and_shown_to_others(
    page: WebStage, camille: Person, noor: Person
) -> None:
    await camille.says("/problem")
    await page.act(camille, text="I am paid late")
    assert "I am paid late" not in " ".join(_texts(await _look(page, noor))) or await _kept(page) is None


async def test_a_mention_speaks_to_the_bot_and_a_sure_answer_is_given_to_plain_talk(
    page: WebStage, camille: Person
) -> None:
    await page.act(camille, text="@Portevoix, two  spaces?")
    camille.hears("I don't know, and I'd rather not guess.")
    assert _texts(await _look(page, camille))[0] == "@Portevoix, two  spaces?"
    assert await page.core.store.read(lambda session: session.exec(select(Question.text)).all()) == ["two  spaces?"]
    entry = Entry("frozen", ("Can I give frozen food?",), "Yes, until noon.", "en")
    await page.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, (entry,)))
    await camille.chats("Can I give frozen food?")
    camille.hears("Yes, until noon.")


async def test_lines_are_kept_as_they_were_typed_and_the_staff_acts_in_its_own_place_as_staff(
    page: WebStage, camille: Person
) -> None:
    await page.act(camille, text="/suggest  First,\r\n\r\n second ")
    assert await _kept(page) == " First,\n\n second "
    # The staff acts in its own place.
    await camille.says("/suggest A dark theme")
    await page.act(camille, text="/queue 2", pane="staff")
    staff = _articles(await _look(page, camille), "staff")
    assert "A dark theme" in staff[-1].text
    planned = next(button for button in staff[-1].all("button") if button.text == "Planned")
    await page.act(camille, pane="staff", button=planned.attributes["value"])
    await page.deliver()
    camille.hears("#2 is now planned.")


async def test_a_delivery_repeated_is_shown_once_and_one_for_nobody_on_the_page_is_unreachable(
    page: WebStage, camille: Person
) -> None:
    for _ in range(2):
        await page.web.send(Address("camille", True, "status:1:1"), say("#1 is now planned."))
    assert _texts(await _look(page, camille)) == ["#1 is now planned."]
    for address in (Address("nobody", True, "k"), Address("elsewhere", False, "k")):
        with pytest.raises(Unreachable):
            await page.web.send(address, say("Hello"))


async def test_everything_is_escaped(page: WebStage, camille: Person) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="alert(1)">&amp;"\''
    reply = Reply((Quote(evil, evil), Image(PNG, evil)))
    await page.web.send(Address("staff", False, "k"), reply)
    await page.web.send(Address("staff", False, "k2"), say((Strong(evil), evil)))
    await camille.chats(evil)
    answer = await page.http.get("/", params={"as": "camille"})
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    tree = read(answer.text)
    assert _texts(tree, "staff") == [f"> {evil} {evil}\n[{evil}]", evil * 2]
    assert _texts(tree) == [evil]
    assert tree.all("img")[0].attributes["src"].startswith("data:image/png;base64,iVBORw0KGgo")


async def test_a_language_chosen_by_the_picker_or_by_command_wins_over_the_address_and_that_over_the_browser(
    page: WebStage, camille: Person
) -> None:
    french = {"Accept-Language": "de, fr-CA;q=0.8, en;q=0.5"}
    tree = read((await page.http.get("/", headers=french)).text)
    assert tree.all("html")[0].attributes["lang"] == "fr"
    tree = read((await page.http.get("/", params={"lang": "en"}, headers=french)).text)
    assert tree.all("html")[0].attributes["lang"] == "en"
    await page.http.post("/language", params={"as": "camille"}, data={"language": "fr"})
    tree = await _look(page, camille)
    assert tree.all("html")[0].attributes["lang"] == "fr"
    assert "Envoyer" in [button.text for button in tree.all("button")]
    assert not _articles(tree)
    await camille.says("/suggerer Un thème sombre")
    camille.hears("Bien reçu")
    await camille.says("/langue fr")
    assert (await _look(page, camille, lang="en")).all("html")[0].attributes["lang"] == "fr"
    await page.http.post("/language", params={"as": "camille"}, data={"language": "en"})
    assert (await _look(page, camille, lang="fr")).all("html")[0].attributes["lang"] == "en"


async def test_a_question_said_to_everyone_that_the_bot_leaves_alone_is_told_how_to_ask(
    page: WebStage, camille: Person
) -> None:
    async def told(text: str, pane: str = "community", lang: str = "en") -> str:
        sent = {"pane": pane, "event": str(uuid4()), "text": text}
        query = {"as": "camille", "lang": lang}
        answer = await page.http.post("/act", params=query, data=sent, headers={"Accept": "application/json"})
        return str(answer.json()["said"])

    await camille.chats("Hello")
    assert await told("Is anybody there tomorrow?") == (
        "Everyone here can read this. To ask the bot, begin with @portevoix."
    )
    assert "commencer par @portevoix" in await told("Quelqu’un sera là demain ?", lang="fr")
    assert await told("See you tomorrow.") == ""
    assert await told("@portevoix Is anybody there tomorrow?") == ""
    assert await told("Is anybody there tomorrow, @portevoix?") == ""
    assert await told("/ask Is anybody there tomorrow?") == ""
    assert await told("Is anybody there tomorrow?", pane="staff") == ""


async def test_a_form_is_told_to_the_script_in_words_and_without_it_leads_back_to_its_place(
    page: WebStage, camille: Person
) -> None:
    async def answered(**form: str) -> dict[str, object]:
        sent = {"pane": "community", "event": str(uuid4()), **form}
        answer = await page.http.post("/act?as=camille", data=sent, headers={"Accept": "application/json"})
        told: dict[str, object] = answer.json()
        return told

    assert await answered(text="/language fr") == {"language": "fr", "settled": True, "said": ""}
    await camille.says("/suggest")
    asked = _articles(await _look(page, camille))[-1].all("form")[0].fields()
    kept = {name: asked[name] for name in ("command", "answers")}
    assert await answered(**kept, **{"arg.text": "x" * 20_001}) == {"language": "fr", "settled": False, "said": ""}
    assert await answered(**kept, **{"arg.text": "A dark theme"}) == {"language": "fr", "settled": True, "said": ""}
    # Without the script a form leads back to its place.
    sent = {"pane": "staff", "event": str(uuid4()), "text": "/help"}
    back = await page.http.post("/act?as=camille&lang=fr", data=sent, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, "/?as=camille&lang=fr#staff")
    # What is refused is told in words.
    refused = await page.http.post(
        "/act?as=onlooker&lang=en", data={"pane": "community"}, headers={"Accept": "application/json"}
    )
    assert refused.status_code == 400
    assert refused.json() == {"refused": "Nothing arrived: the form was empty or incomplete."}


async def test_words_typed_while_a_question_is_open_answer_it_and_are_nobody_else_s(
    page: WebStage, camille: Person, noor: Person
) -> None:
    page.meet(noor)
    await camille.says("/suggest")
    await camille.chats("A bench by the door")
    camille.hears("Got it: suggestion #1.")
    noor.never_heard("A bench by the door")
