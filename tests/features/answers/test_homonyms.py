"""Two answers under the same question: each is offered with what tells it apart."""

from dataclasses import replace
from pathlib import Path

from bot.core import Core
from bot.knowledge.sources.places import read_place
from bot.transfer import syncing
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.stage import BareStage, Person

ASKED = "When is it open?"
POOL = Entry("pool", (ASKED,), "From **nine** to five.", "en", "/srv/faq/pool.md")
HALL = Entry("hall", (ASKED,), "From ten to six.", "en", "/srv/faq/hall.md")


async def teach(stage: BareStage, *entries: Entry) -> None:
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, entries))


APART = {
    "[When is it open? · pool] [When is it open? · hall]": (POOL, HALL),
    "[When is it open? · From nine to five.] [When is it open? · From": (POOL, replace(HALL, source=POOL.source)),
    "[When is it open? · From nine to five.]": (replace(POOL, source=""), replace(HALL, source="")),
    "[When is it open?] [None of these]": (POOL, replace(HALL, text=POOL.text)),
}


async def test_two_that_read_the_same_are_told_apart(stage: BareStage) -> None:
    for offered, entries in APART.items():
        await teach(stage, *entries)
        person = Person(stage, f"is offered {offered}")
        await person.says(ASKED)
        person.hears(offered)


async def test_the_same_heading_in_two_files_is_two_answers(
    core: Core, camille: Person, alex: Person, tmp_path: Path
) -> None:
    for name, text in (("swimming-pool", "From nine."), ("hall", "From ten.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(f"## {ASKED}\n{text}\n\n## Opening of {name}\nHello.\n", "utf-8")
    told: list[str] = []
    community = (await core.store.read(communities.every))[0]
    plan = syncing.prepare(core, community, [read_place(tmp_path)], "en", lambda one: told.append(str(one)), alone=True)
    await plan.carry_out()
    assert told == []
    await camille.says(ASKED)
    await camille.presses(f"swimming pool – {ASKED}")
    camille.hears("From nine.")
    await camille.says(f"hall: {ASKED}")
    camille.hears("From ten.")
