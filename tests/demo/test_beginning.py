"""The first start: ten weeks of a community, and a digest worth reading."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.demo import replay
from bot.demo.progress import PLATFORM
from bot.demo.replay import fill
from bot.features.digest.data import DigestData
from bot.features.digest.gather import gather, week_until
from bot.features.digest.posting.timetable import Timetable
from bot.features.digest.words.detail import MOST_CHARACTERS
from bot.features.digest.words.render import render
from bot.ports.plain import plain
from storage.items import feedback
from storage.models import Feedback, History, Identity, Outbox, Question, Support
from storage.people import communities
from storage.vocabulary import Delivery, Status
from tests.clock import StillClock
from tests.demo.scene import MONDAY, PARIS, WEDNESDAY, Opens, item, items, move, newest, posted, rows


async def test_a_second_start_adds_nothing_at_once_or_two_days_later(demo: Core) -> None:
    before = await rows(demo)
    assert isinstance(demo.clock, StillClock)
    for later in (timedelta(), timedelta(days=2)):
        demo.clock.time += later
        await fill(demo)
        assert await rows(demo) == before


async def test_the_first_digest_is_last_mondays_with_every_section_and_is_not_sent_again(demo: Core) -> None:
    assert [(one.period, one.posted_at, one.late) for one in await posted(demo)] == [("2026-03-02", MONDAY, False)]
    assert await Timetable(demo).catch_up() == 0
    states = await demo.store.read(lambda session: set(session.exec(select(Outbox.state)).all()))
    assert states == {Delivery.SENT}
    text = plain(await newest(demo))
    for part in (
        "23 February - 1 March",
        "To decide",
        "What people talk about",
        "Unanswered:",
        "What became of it",
        "\n> ",
    ):
        assert part in text
    assert re.findall(r"(\w+) \d+ from \d+ people, unusually many", text) == ["Problems"]
    assert re.search(r"Suggestions \d+ · Questions \d+ · Praise \d+: as usual", text)
    assert re.search(r"What became of it\n\d+ decisions, \d\d people told\.", text)
    # It knows nothing of what came after it.
    assert (await item(demo, "gate-odile")).status is Status.RESOLVED
    loop = plain(await newest(demo)).split("What became of it")[1]
    assert "portail" not in loop


async def test_the_first_digest_fits_a_phone_in_both_languages(demo: Core) -> None:
    cases: list[str] = ["en", "fr"]
    for language in cases:
        speech = demo.languages.speech(language)
        text = plain(render(await _week_before(demo, MONDAY), speech), buttons=False)
        assert len(text) <= MOST_CHARACTERS, language
        assert text.count("\n> ") >= 3, language
        assert all(
            speech.say(words) in text
            for words in ("To decide", "What people talk about", "What became of it", "unusually many")
        ), language


async def test_nothing_has_happened_after_now(demo: Core) -> None:
    def latest(session: Session) -> datetime:
        columns = (Feedback.created_at, History.at, Support.at, Question.asked_at, Outbox.created_at)
        return max(moment for column in columns for moment in session.exec(select(column)).all())

    assert WEDNESDAY - timedelta(days=1) < await demo.store.read(latest) <= WEDNESDAY


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param(datetime(2026, 6, 15, 8, 0, tzinfo=PARIS), "2026-06-08", id="before nine on a Monday"),
        pytest.param(datetime(2026, 3, 29, 12, 0, tzinfo=PARIS), "2026-03-23", id="the day spring loses an hour"),
        pytest.param(datetime(2027, 1, 3, 23, 59, tzinfo=PARIS), "2026-12-28", id="across the year"),
    ],
)
async def test_it_begins_on_any_day(opens: Opens, tmp_path: Path, lean: None, now: datetime, due: str) -> None:
    core = await opens(tmp_path, now)
    await fill(core)
    await _check_mondays(core, due)


async def test_a_start_killed_half_way_is_finished_by_the_next(
    opens: Opens, tmp_path: Path, lean: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, whole = [await opens(tmp_path / name, datetime(2026, 6, 15, 9, 30, tzinfo=PARIS)) for name in ("half", "one")]
    with monkeypatch.context() as patch:
        patch.setattr(replay, "publish", _killed)
        with pytest.raises(RuntimeError):
            await fill(half)
    assert not await posted(half)
    for core in (half, whole):
        await fill(core)
    assert await rows(half) == await rows(whole)
    # After nine on a Monday.
    await _check_mondays(half, "2026-06-15")


async def _check_mondays(core: Core, due: str) -> None:
    """Check the first digest, of the Monday on which it was due, and the one a week later."""
    assert await Timetable(core).catch_up() == 0
    assert [(one.period, one.late) for one in await posted(core)] == [(due, False)]
    assert re.findall(r"(\w+) (\d+) from \d+ people, unusually many", plain(await newest(core))) == [("Problems", "13")]
    await move(core, datetime.fromisoformat(f"{due}T09:00").replace(tzinfo=PARIS) + timedelta(weeks=1))
    assert await Timetable(core).catch_up() == 1
    assert "18 messages" in plain(await newest(core))


async def test_the_sample_is_half_in_each_language_and_its_people_have_no_account_anywhere(demo: Core) -> None:
    languages = [one.language for one in await items(demo)]
    assert set(languages) == {"en", "fr"}
    assert 0.4 < languages.count("fr") / len(languages) < 0.6
    found = await demo.store.read(lambda session: session.exec(select(Identity)).all())
    assert len(found) > 45
    assert {one.platform for one in found} == {PLATFORM}
    # A nameless item leads to nobody.
    hurt = await item(demo, "hurtful-poster")
    history = await demo.store.read(lambda session: feedback.history(session, hurt.id))
    assert hurt.author_id is None
    assert hurt.author_hash
    assert history[0].actor_id is None


async def _week_before(core: Core, moment: datetime) -> DigestData:
    window = week_until(moment.replace(hour=0), PARIS)
    return await core.store.read(lambda session: gather(session, communities.every(session)[0], window))


async def _killed(*_: object) -> None:
    raise RuntimeError
