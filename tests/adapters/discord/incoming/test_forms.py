"""Forms on Discord: opened from the registry alone, filled in as things stand, and sent with a screenshot."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from simcord.backend.models import Message
from sqlmodel import select

from adapters.bounded import BoundedDict
from bot.core import Core
from bot.settings.config import CommunitySettings
from storage.engine.store import READERS, Store
from storage.models import Attachment, Feedback
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.pictures import png
from tests.stage import Person

JSON = dict[str, Any]
PNG = ("screen.png", png())
UPLOAD, SELECT, TEXT = 19, 3, 4


@contextmanager
def blocked(store: Store) -> Iterator[None]:
    """A store in which nothing moves."""
    gate = threading.Event()
    threads = [store._submit(lambda _: gate.wait(), lambda _: None) for _ in range(READERS)]
    assert store._writer
    threads.append(store._writer.submit(lambda _: gate.wait()))
    try:
        yield
    finally:
        gate.set()
        for one in threads:
            one.result()


def fields(form: JSON) -> dict[str, JSON]:
    return {one["component"]["custom_id"]: {**one["component"], "label": one["label"]} for one in form["components"]}


def chosen(form: JSON) -> dict[str, list[str]]:
    """What is chosen in the lists of a form that opens."""
    shown = {name: field.get("options", ()) for name, field in fields(form).items()}
    found = {name: [one["value"] for one in options if one.get("default")] for name, options in shown.items()}
    return {name: values for name, values in found.items() if values}


async def edit_slowly(stage: DiscordStage, person: Person) -> tuple[Message, JSON]:
    """Somebody presses Edit and the core takes its time, so that a button comes in place of the form."""
    stage.slow, stage.env.settle_timeout = asyncio.Event(), 1.0
    await stage._click(person, *stage.button(person, "Edit"))
    await stage.env.advance_time(2)
    stage.slow.set()
    stage.slow = None
    await stage.env.settle(timeout=30)
    return stage.button(person, "Fill in")


async def kept(core: Core) -> list[Feedback]:
    return await core.store.read(lambda session: list(session.exec(select(Feedback))))


async def files(core: Core) -> list[tuple[str, str, bytes]]:
    found = await core.store.read(lambda session: list(session.exec(select(Attachment))))
    return [(one.name, one.media_type, one.content) for one in found]


async def test_without_words_the_form_opens_in_the_persons_language_also_while_the_store_stands_still(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    result = await discord.slash(mia, "suggest")
    assert result.modal
    assert result.modal["title"] == "What would you suggest?"
    shown = fields(result.modal)
    assert list(shown) == ["text", "area", "audience", "name", "file"]
    assert [one["label"] for one in shown.values()] == [
        "Your words",
        "Area",
        "Who sees it",
        "Your name",
        "A picture or file",
    ]
    assert [one["type"] for one in shown.values()] == [TEXT, SELECT, SELECT, SELECT, UPLOAD]
    assert [one.get("required", True) for one in shown.values()] == [True, False, False, False, False]
    assert [option["label"] for option in shown["area"]["options"]][:2] == ["Innovation", "Support"]
    result = await discord.slash(luc, "problem")
    assert result.modal
    assert result.modal["title"] == "Quel est le problème\u00a0?"
    assert fields(result.modal)["text"]["label"] == "Le texte"
    # The store stands still.
    actor = discord.actor(mia)
    with blocked(discord.core.store):
        result = await actor.slash(discord.plaza, "suggest", area="Quality")
        assert result.modal
    assert [one["value"] for one in fields(result.modal)["area"]["options"] if one.get("default")] == ["Quality"]


async def test_the_areas_of_a_form_are_the_communitys(core: Core) -> None:
    own = (CommunitySettings(key="plaza", name="Plaza", areas=("Kitchen", "Garden")),)
    async with discord_stage(replace(core, settings=core.settings.model_copy(update={"communities": own}))) as stage:
        person = Person(stage, "mia")
        result = await stage.slash(person, "suggest")
        assert result.modal
        assert [one["value"] for one in fields(result.modal)["area"]["options"]] == ["Kitchen", "Garden"]
        await person.fills(text="A bench", area="Garden")
        person.hears("Got it: suggestion #1.")


async def test_edit_shows_the_words_as_they_are_and_those_too_long_for_a_form_are_not_cut_by_it(
    discord: DiscordStage, mia: Person
) -> None:
    await mia.says("/suggest A drak theme")
    await mia.presses("Edit")
    form = discord.seen_by(mia)[-1].form
    assert form
    assert form.modal
    assert form.modal["title"] == "What should it say?"
    assert fields(form.modal)["text"]["value"] == "A drak theme"
    assert fields(form.modal)["text"]["required"]
    await mia.fills(text="A dark theme")
    mia.hears("#1 now reads:", "> A dark theme #1")
    # Words too long for a form are not cut by it.
    await mia.says(f"/suggest {'word ' * 999}")
    await mia.presses("Edit")
    form = discord.seen_by(mia)[-1].form
    assert form
    assert form.modal
    assert "value" not in fields(form.modal)["text"]


async def test_a_form_sent_empty_is_asked_for_by_a_button_and_shows_what_was_given(
    discord: DiscordStage, mia: Person
) -> None:
    await discord.slash(mia, "suggest")
    await mia.fills(text="   ", area="Quality", audience="team")
    mia.hears("What would you suggest?", "[Fill in]")
    await mia.presses("Fill in")
    form = discord.seen_by(mia)[-1].form
    assert form
    assert form.modal
    assert chosen(form.modal) == {"area": ["Quality"], "audience": ["team"], "name": ["named"]}
    await mia.fills(text="Sunday opening")
    mia.hears("Got it: suggestion #1.")


async def test_a_form_that_came_late_shows_the_words_until_somebody_goes_on_or_a_restart(
    discord: DiscordStage, mia: Person
) -> None:
    await mia.says("/suggest A drak theme")
    opener = await edit_slowly(discord, mia)
    with blocked(discord.core.store):
        result = await discord._click(mia, *opener)
    assert result.modal
    assert fields(result.modal)["text"]["value"] == "A drak theme"
    await mia.fills(text="A dark theme")
    mia.hears("#1 now reads:", "> A dark theme #1")
    # They are not remembered once somebody goes on.
    await mia.says("/suggest Longer huors")
    opener = await edit_slowly(discord, mia)
    await mia.says("/help")
    result = await discord._click(mia, *opener)
    assert result.modal
    assert "value" not in fields(result.modal)["text"]
    # After a restart the form opens empty, and still answers.
    await mia.says("/suggest Sundey opening")
    opener = await edit_slowly(discord, mia)
    await discord.restart()
    result = await discord._click(mia, *opener)
    assert result.modal
    assert "value" not in fields(result.modal)["text"]
    await mia.fills(text="Sunday opening")
    mia.hears("#3 now reads:")


async def test_nobody_is_shown_anothers_words_in_a_form_and_only_so_many_are_remembered(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await mia.says("/suggest A drak theme")
    message, button = await edit_slowly(discord, mia)
    await luc.says("/suggest")
    discord.actor(luc)
    message.flags &= ~64
    result = await discord._click(luc, message, button)
    assert result.modal
    assert "value" not in fields(result.modal)["text"]
    # Only so many are remembered.
    discord.discord.interactions._forms._asked = BoundedDict(1)
    await mia.says("/suggest Sundey opening")
    opener = await edit_slowly(discord, mia)
    await discord.slash(luc, "suggest")
    await luc.fills(text="   ")
    result = await discord._click(mia, *opener)
    assert result.modal
    assert "value" not in fields(result.modal)["text"]


async def test_ready_made_answers_are_shown_beside_the_form(mia: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await rosa.says("/queue 1 not_planned")
    rosa.hears("Why?", "[Fill in]", "[Not ours to decide.]")
    await rosa.presses("Fill in")
    await rosa.fills(reason="No volunteers to work it.")
    rosa.hears("#1 is now not planned.")


async def test_a_screenshot_sent_with_the_form_or_as_an_option_is_kept_and_the_words_where_it_cannot_be(
    discord: DiscordStage, mia: Person
) -> None:
    await discord.slash(mia, "problem")
    await mia.fills(text="It looks like this", file=[PNG])  # type: ignore[arg-type]
    mia.hears("Got it: problem #1.", "With 1 file.")
    await discord.slash(mia, "problem", text="The door is stuck", file=PNG)
    mia.hears("With 1 file.")
    await discord.slash(mia, "problem", file=PNG)
    mia.hears("Got it: problem #3.", "With 1 file.")
    assert await files(discord.core) == [("screen.png", "image/png", png())] * 3
    assert (await words_kept(discord.core))[-1] == "(see the file)"
    # The words are kept where their file is too large, does something, or is gone.
    await discord.slash(mia, "problem")
    most = discord.core.settings.limits.megabytes * 1_000_000
    await mia.fills(text="See", file=[("film.mp4", b"f" * (most + 1))])  # type: ignore[arg-type]
    mia.hears("Got it: problem #4.", "film.mp4 was not kept: a file may have at most 10 MB.")
    await discord.slash(mia, "problem", text="Play", file=("game.exe", b"MZ"))
    mia.hears("Got it: problem #5.", "game.exe was not kept: only pictures, videos, sound, PDF and plain text are.")
    discord.lost_files = True
    await discord.slash(mia, "problem", text="Look", file=PNG)
    mia.hears("Got it: problem #6.", "screen.png could not be fetched just now.")
    assert ((await words_kept(discord.core))[3:], len(await files(discord.core))) == (["See", "Play", "Look"], 3)
    # A form goes without its file where nobody is to be known.
    discord.lost_files = False
    await discord.slash(mia, "problem")
    await mia.fills(text="See", audience="everyone", name="nameless", file=[PNG])  # type: ignore[arg-type]
    mia.hears("A file can give its author away")


async def words_kept(core: Core) -> list[str]:
    return [one.text for one in await kept(core)]


async def test_numbers_are_completed_with_their_titles(discord: DiscordStage, mia: Person, luc: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await luc.says("/suggest A dark theme")
    await mia.says("/problem Nobody else may read this")
    offered = await discord.actor(mia).autocomplete(discord.plaza, "status", "number", "")
    assert {one["name"] for one in offered} >= {"#1 Sunday opening", "#2 A dark theme", "#3 Nobody else may read this"}
    offered = await discord.actor(luc).autocomplete(discord.plaza, "status", "number", "")
    assert {one["value"] for one in offered} == {1, 2}
    offered = await discord.actor(luc).autocomplete(discord.plaza, "status", "number", "dark")
    assert [(one["name"], one["value"]) for one in offered] == [("#2 A dark theme", 2)]
    # Areas are completed in the person's language.
    offered = await discord.actor(luc).autocomplete(discord.plaza, "suggest", "area", "quali")
    assert [(one["name"], one["value"]) for one in offered] == [("Qualité", "Quality")]
