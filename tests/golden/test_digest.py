"""The Monday digest and what listening brought in some months, word for word."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.telegram.outgoing.drawing import render as telegram
from bot.core import Core
from bot.features.digest.gather import week_until
from bot.features.digest.picture import figure
from bot.features.digest.posting.drafting import MANUAL, Draft, Edition, prepare
from bot.features.digest.posting.timetable import Timetable
from bot.features.digest.words.detail import MOST_CHARACTERS
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import Document, Reply
from storage.people import communities
from storage.reports import digests
from tests.clock import StillClock
from tests.golden.conftest import Agree
from tests.golden.crises import crisis, import_alone, second_crisis
from tests.golden.diary import MONDAY, Diary, calm_week, far_too_much, full_week, waiting_week
from tests.golden.words import WORDS
from tests.stage import BareStage, Person

Past = Callable[[Diary], None]


async def lived(core: Core, language: str, past: Past) -> None:
    """Let a community live through a past."""
    await core.store.write(lambda session: past(Diary(session, core, WORDS[language])))


async def week(core: Core) -> Reply:
    """The digest of the golden week."""
    return (await drafted(core)).reply


async def drafted(core: Core) -> Draft:
    """The digest of the golden week, with its figures."""
    (community,) = await core.store.read(communities.every)
    midnight = MONDAY.astimezone(ZoneInfo(community.timezone)).replace(hour=0)
    edition = Edition(MANUAL, "", week_until(midnight, ZoneInfo(community.timezone)))
    return await prepare(core, community, edition)


def short(reply: Reply) -> str:
    """The text of a digest, which is no more than a phone shows."""
    assert len(plain(reply, buttons=False)) <= MOST_CHARACTERS == 1_800
    rows = telegram.render(reply)[-1].buttons
    assert len(rows) <= 3 >= max(map(len, rows), default=0)
    return plain(reply)


@pytest.mark.parametrize(
    ("name", "past"),
    [
        ("digest of a calm week", calm_week),
        ("digest of far too much", far_too_much),
        ("digest of a second crisis", second_crisis),
        ("digest of an import alone", import_alone),
    ],
)
async def test_the_digest_says_what_was_agreed_in_no_more_than_a_phone_shows(
    core: Core, language: str, agree: Agree, name: str, past: Past
) -> None:
    await lived(core, language, past)
    agree(name, short(await week(core)))


async def test_a_crisis_and_its_picture_say_the_same_in_words(core: Core, language: str, agree: Agree) -> None:
    await lived(core, language, crisis)
    (community,) = await core.store.read(communities.every)
    draft = await drafted(core)
    agree("digest of a crisis", short(draft.reply))
    agree("picture of a crisis", f"{figure(draft.data, core.speech(community)).alt}\n")


async def test_a_full_week_here_and_on_telegram_and_the_impact_of_its_months(
    core: Core, stage: BareStage, clock: StillClock, language: str, agree: Agree
) -> None:
    await lived(core, language, full_week)
    reply = await week(core)
    agree("digest of a full week", short(reply))
    (message,) = telegram.render(reply)
    keyboard = "\n".join(" ".join(f"[{label}]" for label, _ in row) for row in message.buttons)
    agree("telegram digest of a full week", f"{message.text}\n\n{keyboard}")
    clock.time = MONDAY
    omar = Person(stage, "omar", Role.MODERATOR, language)
    told = await stage.do(omar, text="/impact 60 days")
    assert told
    agree("impact", plain(told))
    (page,) = [block for block in told.blocks if isinstance(block, Document)]
    agree("impact page", page.content.decode())
    await omar.presses({"en": "How it is counted", "fr": "Comment c’est compté"}[language])
    agree("impact counted", omar.hears())


async def test_an_empty_week_one_with_only_something_waiting_and_the_same_told_late(
    core: Core, clock: StillClock, language: str, agree: Agree
) -> None:
    await lived(core, language, lambda diary: None)
    agree("digest of an empty week", short(await week(core)))
    await lived(core, language, waiting_week)
    agree("digest of a week with only something waiting", short(await week(core)))
    clock.time = MONDAY + timedelta(hours=26)
    assert await Timetable(core).catch_up() == 1
    (row,) = await core.store.read(lambda session: digests.archive(session, 1))
    agree("digest that comes late", plain(core.codec.load(row.payload)))
