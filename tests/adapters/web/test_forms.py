"""The forms of the page: each files once what it says, and keeps what was filled in."""

from uuid import uuid4

from tests.adapters.html import Node
from tests.adapters.web.looks import _articles, _kept, _look
from tests.adapters.web.stage import WebStage
from tests.stage import Person


def _form(tree: Node, command: str) -> Node:
    return next(form for form in tree.all("form") if form.fields().get("command") == command)


async def test_the_forms_stand_ready_with_labels_and_the_usual_audience_and_file_what_they_say(
    page: WebStage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest")
    tree = await _look(page, camille)
    named = {label.attributes.get("for") for label in tree.all("label")}
    inside = [control for label in tree.all("label") for control in label.all("input")]
    for control in tree.all("input", "textarea", "select"):
        hidden = control.attributes.get("type") == "hidden"
        assert hidden or control.attributes.get("id") in named or control in inside, control
    ids = [node.attributes["id"] for node in tree.all("textarea", "select", "input") if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    tree = await _look(page, noor)
    usual = {name: _form(tree, name).fields() for name in ("suggest", "problem", "praise")}
    seen_by = {name: (fields["arg.audience"], fields["arg.name"]) for name, fields in usual.items()}
    assert seen_by == {"suggest": ("everyone", "named"), "problem": ("team", "named"), "praise": ("everyone", "named")}
    assert [option.text for option in _form(tree, "suggest").all("option")][:3] == ["No area", "Innovation", "Support"]
    assert set(_form(tree, "ask").fields()) == {"pane", "event", "command", "arg.question", "arg.name"}
    chosen = {"arg.area": "Quality", "arg.audience": "everyone", "arg.name": "nameless"}
    await page.act(noor, **{**usual["problem"], "arg.text": "I am paid late", **chosen})
    noor.hears("Without your name. Everyone can read this", "> I am paid late")
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.", "Everyone can see it, without your name.")


async def test_a_question_of_the_bot_is_a_form_until_it_is_answered_and_refused_stays_to_be_corrected(
    page: WebStage, camille: Person
) -> None:
    await camille.says("/suggest")
    asked = [form for article in _articles(await _look(page, camille)) for form in article.all("form")]
    assert asked[0].fields()["answers"]
    await camille.fills(text="A dark theme", area="Quality")
    camille.hears("Got it: suggestion #1.")
    first = _articles(await _look(page, camille))[1]
    assert not first.all("form")
    assert "What would you suggest?" in first.text
    # A form that is refused stays to be corrected.
    await camille.says("/suggest")
    await camille.fills(text="x" * 20_001)
    camille.hears("20001")
    assert _articles(await _look(page, camille))[3].all("form")


async def test_a_form_keeps_what_was_filled_in_before_and_two_buttons_of_one_page_are_two_acts(
    page: WebStage, camille: Person
) -> None:
    await camille.says("/suggest A dark theme")
    await camille.presses("Edit")
    form = _articles(await _look(page, camille))[-1].all("form")[0]
    names = [control.attributes["name"] for control in form.all("input", "textarea", "select")]
    assert sorted(names) == ["answers", "arg.number", "arg.text", "command", "event", "pane"]
    await camille.fills(text="A dark theme, at night")
    camille.hears("#1 now reads:", "> A dark theme, at night #1")
    # Two buttons are two acts, whatever the event id.
    await camille.says("/suggest A bench")
    tokens = {label: page.token(camille, label) for label in ("Edit", "Withdraw")}
    event = str(uuid4())
    await page.act(camille, button=tokens["Edit"], event=event)
    camille.hears("What should it say?")
    await page.act(camille, button=tokens["Withdraw"], event=event)
    camille.hears("#2 is withdrawn.")


async def test_what_only_buttons_set_is_not_taken_from_a_form(page: WebStage, alex: Person, camille: Person) -> None:
    await camille.says("/suggest One")
    await camille.says("/suggest Two")
    await page.act(alex, command="queue", **{"arg.after": "1"})
    alex.hears("> One #1")


async def test_what_is_sent_again_files_once_also_after_a_restart(page: WebStage, camille: Person) -> None:
    for number, twice in enumerate(
        ({"text": "/suggest A dark theme"}, {"command": "suggest", "arg.text": "A bench"}), 1
    ):
        event = str(uuid4())
        for _ in range(2):
            await page.act(camille, **twice, event=event)
        assert await _kept(page, number + 1) is None
        assert len(_articles(await _look(page, camille))) == 2 * number
    # After a restart, too.
    event = str(uuid4())
    await page.act(camille, text="/suggest Sunday opening", event=event)
    await page.restart()
    await page.act(camille, text="/suggest Sunday opening", event=event)
    assert await _kept(page, 4) is None
