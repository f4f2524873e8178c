"""The team's formatting is meant; what a member writes stays as it was written."""

from datetime import date

from bot.core import Core
from bot.ports.reply import Link, Paragraph
from storage.answers import knowledge, sources
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

TEXT = "**Never** alone:\n\n1. Ask [the desk](https://example.org/desk)\n2. Read `rules.txt`\n\n[More](more.md)"


async def teach(core: Core, *entries: Entry) -> None:
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, entries))


async def test_an_answer_keeps_its_bold_words_lists_code_and_links(core: Core, camille: Person) -> None:
    await teach(core, Entry("oven", ("May I use the oven?",), TEXT, "en"))
    await camille.says("May I use the oven?")
    heard = camille.hears("Never alone:", "1. Ask the desk", "2. Read rules.txt", "More")
    assert not any(mark in heard for mark in ("**", "`", "](", "more.md"))


async def test_what_the_team_answers_is_formatted_and_the_question_is_not(
    camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("Where is the **moon** base?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses("Answer: Where is the **moon** base?")
    await alex.says("Behind the **harbour**.")
    alex.hears("> Where is the **moon** base?", "Behind the harbour.")
    await camille.stage.deliver()
    camille.hears("> Where is the **moon** base?", "Behind the harbour.")


async def test_an_answer_says_where_it_comes_from_and_until_when_it_holds(
    core: Core, stage: BareStage, camille: Person, clock: StillClock
) -> None:
    page, today = "https://example.org/help/oven.md", clock.now().date()
    await teach(
        core,
        Entry("oven", ("May I use the oven?",), TEXT, "en", page, page, today),
        Entry("kiln", ("May I fire the kiln?",), "No.", "en", "/srv/team/kiln.md", None, today, (), date(2025, 1, 8)),
    )
    await core.store.write(lambda session: sources.keep(session, 1, page, "v1", clock.now()))
    await camille.says("May I use the oven?")
    camille.hears("Source: example.org/help/oven.md, read on", "This holds until")
    (link,) = [
        part
        for reply in stage._shown["camille"][-1:]
        for block in reply.blocks
        if isinstance(block, Paragraph) and not isinstance(block.text, str)
        for part in block.text
        if isinstance(part, Link) and part.text == "More"
    ]
    assert link.url == "https://example.org/help/more.md"
    await camille.says("May I fire the kiln?")
    assert "srv" not in camille.hears("Source: kiln.md, of 8 January 2025")
    clock.forward(days=1)
    await stage.do(camille, button=stage.token(camille, "This helped"))
    camille.hears("Good to know, thank you.", "may have changed")
