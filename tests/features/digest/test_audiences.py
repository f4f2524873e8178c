"""Digests for readers of their own: several communities' in one place, short ones, and those for who promotes."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from sqlmodel import col, select

from bot.core import Core
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import buttons_of
from bot.settings.community.digests import Length
from bot.settings.config import CommunitySettings, DigestSettings, Settings, StaffPlace
from storage.models import Digest, Outbox, Place
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person, bare_stage

PRESS = StaffPlace(platform=PLATFORM, place="press")
FORUM = CommunitySettings(key="forum", name="Forum", staff=StaffPlace(platform=PLATFORM, place="forum"))
Opens = Callable[..., AbstractAsyncContextManager[BareStage]]


@pytest.fixture
def opened(settings: Settings, clock: StillClock) -> Opens:
    """A stage whose bot has these digests."""

    @asynccontextmanager
    async def opened(*digests: DigestSettings, also: tuple[CommunitySettings, ...] = ()) -> AsyncIterator[BareStage]:
        changes = {"digests": digests, "communities": (*settings.communities, *also)}
        core = await open_core(settings.model_copy(update=changes), clock)
        try:
            async with bare_stage(core) as stage:
                yield stage
        finally:
            core.store.close()

    return opened


async def posted(core: Core) -> dict[str, list[str]]:
    """By place, the texts that go there with their buttons, the oldest first."""
    query = select(Place.external_id, Outbox.payload).join(Outbox, col(Outbox.place_id) == col(Place.id))
    query = query.where(col(Outbox.dedupe_key).startswith("digest:")).order_by(col(Outbox.id))
    found: dict[str, list[str]] = {}
    for place, payload in await core.store.read(lambda session: session.exec(query).all()):
        assert payload
        found.setdefault(place, []).append(plain(core.codec.load(payload)))
    return found


async def spoken(stage: BareStage, clock: StillClock) -> None:
    """A week in which several say the same, one of them praises and allows to be quoted, and one asks."""
    for number in range(6):
        person = Person(stage, f"member {number}")
        await person.says(f"/problem The card payment fails at the till, says Zebulon {number}")
        if "Send" in person.hears():
            await person.presses("Send")
    ines, tom = Person(stage, "ines"), Person(stage, "tom")
    await ines.says("/praise A parcel in ten minutes, thank you")
    await ines.presses("May be quoted")
    await tom.says("/praise Only for your eyes")
    await tom.says("/ask When does the moon shop open?")
    clock.forward(days=5)


async def test_who_promotes_gets_counts_and_what_may_be_quoted_and_the_staff_their_own_all_the_same(
    opened: Opens, clock: StillClock
) -> None:
    async with opened(DigestSettings(name="press", staff=PRESS, promotion=True)) as stage:
        await spoken(stage, clock)
        for _ in range(2):
            assert await Timetable(stage.core).catch_up() in (2, 0)
        found = await posted(stage.core)
        (press,), (staff,) = found["press"], found["staff"]
        assert "> A parcel in ten minutes, thank you\n" in press
        assert "9 messages, 8 people" in press
        for word in ("payment", "Zebulon", "eyes", "moon", "ines", "#", "[Decide", "Take"):
            assert word not in press, word
        assert "payment" in staff
        assert "Decide" in staff
        alex, tom = Person(stage, "alex", Role.MODERATOR), Person(stage, "tom")
        await tom.says("/suggest A bench by the door")
        number = tom.hears("#").split("#")[1].split(".")[0].strip("*")
        await alex.says(f"/queue {number} done")
        await alex.says("/said")
        assert "press" not in alex.hears("No place of the members is known yet")


async def test_a_permission_taken_back_while_it_is_drafted_is_kept(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings(name="press", staff=PRESS, promotion=True)) as stage:
        await spoken(stage, clock)
        ines = Person(stage, "ines")
        await ines.says("/mine")
        await ines.says("/status 7")
        await ines.presses("Not any more")
        await Timetable(stage.core).catch_up()
        (press,) = (await posted(stage.core))["press"]
        assert "ten minutes" not in press
        assert "Nobody has allowed a quote for these days." in press


async def test_several_communities_are_read_in_one_place_without_buttons_that_decide_in_another(
    opened: Opens, clock: StillClock
) -> None:
    board = DigestSettings(
        name="board", communities=("plaza", "forum"), staff=StaffPlace(platform=PLATFORM, place="board")
    )
    async with opened(board, also=(FORUM,)) as stage:
        clock.forward(days=5)
        assert await Timetable(stage.core).catch_up() == 2
        assert await Timetable(stage.core).catch_up() == 0
        plaza, forum = (await posted(stage.core))["board"]
        assert plaza.startswith("Your week · Plaza")
        assert forum.startswith("Your week · Forum")
        rows = await stage.core.store.read(lambda session: session.exec(select(Digest)).all())
        theirs = [stage.core.codec.load(row.payload) for row in rows if row.community_id == 2]
        assert not [button for reply in theirs for block in reply.blocks for button in buttons_of(block)]


async def test_a_short_one_says_what_to_decide_and_the_themes_alone(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings(length=Length.SHORT)) as stage:
        await spoken(stage, clock)
        await Timetable(stage.core).catch_up()
        (text,) = (await posted(stage.core))["staff"]
        assert "To decide" in text
        assert "What people talk about" in text
        assert ">" not in text
        assert "messages, " not in text


async def test_a_moderator_reads_it_in_their_own_language_and_posts_it_in_the_place_s(
    opened: Opens, clock: StillClock
) -> None:
    async with opened(DigestSettings(language="en")) as stage:
        omar = Person(stage, "omar", language="fr")
        omar.role = Person(stage, "x").role.MODERATOR
        await omar.says("/synthese")
        omar.hears("Le point de la semaine")
        await omar.says("/synthese now")
        await stage.deliver()
        assert stage.staff()[0].startswith("Your week")
