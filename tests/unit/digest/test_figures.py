"""The figures of a digest, for programs: their shape, what is usual, and what they never say."""

import json
from datetime import date

from bot.features.digest.posting.calendar import calendar
from bot.ports.inbound import Role
from bot.settings.config import DigestSettings
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.unit.digest.editions import numbers, said


async def test_the_figures_keep_their_shape(stage: BareStage) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await ines.says("/suggest A bench in the shade")
    await ines.says("/problem The side door sticks")
    await omar.says("/queue 2 done")
    await ines.says("/ask who feeds the cat?")
    early = {"low": None, "high": None, "periods": 0, "verdict": "early"}
    bench = {"number": 1, "kind": "suggestion", "area": None, "status": "received", "text": "A bench in the shade"}
    door = {"number": 2, "kind": "problem", "area": None, "status": "resolved", "text": "The side door sticks"}
    assert await numbers(stage.core, DigestSettings()) == {
        "community": "plaza",
        "name": "weekly",
        "about": [],
        "since": "2026-02-25T11:00:01+01:00",
        "until": "2026-03-04T11:00:01+01:00",
        "days": 7,
        "messages": 3,
        "people": 1,
        "people_formula": "distinct named authors and askers + distinct marks of nameless ones",
        "new_voices": 1,
        "unsigned": 0,
        "kinds": {
            "suggestion": {"count": 1, "people": 1, **early},
            "problem": {"count": 1, "people": 1, **early},
            "praise": {"count": 0, "people": 0, **early},
            "question": {"count": 1, "people": 1, **early},
        },
        "themes_drawn": None,
        "themes": [],
        "areas": [
            {"area": None, "messages": 2, "people": 1, "people_before": 0, "unsigned": 0, "items": [door, bench]}
        ],
        "more_areas": 0,
        "quiet_areas": ["Innovation", "Support", "Quality", "Understanding", "Image"],
        "waiting": {
            "total": 1,
            "since": "2026-03-04",
            "long": 0,
            "long_days": 30,
            "counted_to": 1000,
            "items": [{**bench, "support": 0, "days": 0}],
        },
        "unanswered": {"questions": 1, "people": 1, "list": [{"text": "who feeds the cat?", "people": 1, "times": 1}]},
        "permitted": [],
        "ready": 0,
        "praise": None,
        "decisions": [{**door, "decision": "resolved"}],
        "told": {"waiting": 1, "sent": 0, "failed": 0, "unknown": 0},
        "false_alarms": {"days": 90, "number": 0},
        "closed": {"month": "2026-02", "done": 0, "total": 0},
    }


async def test_figures_say_what_is_usual_and_what_is_out_of_the_ordinary(stage: BareStage, clock: StillClock) -> None:
    for people in (1, 1, 1, 1, 1, 1, 1, 1, 6):
        for number in range(people):
            await Person(stage, f"member {number}").says("/praise thank you")
        clock.forward(days=7)
    clock.forward(days=-7)
    praise = (await numbers(stage.core))["kinds"]["praise"]
    assert praise == {"count": 6, "people": 6, "low": 0.0, "high": 4.0, "periods": 8, "verdict": "signal"}


async def test_one_person_who_writes_much_is_nothing_out_of_the_ordinary(stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines")
    for messages in (1, 1, 1, 1, 1, 1, 1, 1, 9):
        for number in range(messages):
            await ines.says(f"/praise thank you {number}")
        clock.forward(days=7)
    clock.forward(days=-7)
    praise = (await numbers(stage.core))["kinds"]["praise"]
    assert (praise["count"], praise["people"], praise["verdict"]) == (9, 1, "noise")


async def test_figures_have_no_name_and_no_words_that_could_give_a_nameless_author_away(stage: BareStage) -> None:
    shy, loud = Person(stage, "Camille Durand"), Person(stage, "Noor Khan")
    await stage.do(
        shy, command="suggest", args={"text": "Only I would say this", "audience": "everyone", "name": "nameless"}
    )
    await shy.presses("Send")
    await loud.says("/suggest More light.")
    found = await numbers(stage.core)
    assert [item["text"] for item in found["waiting"]["items"]] == [None, "More light."]
    for kept in ("Only I", "Camille", "Noor"):
        assert kept not in json.dumps(found)


async def test_a_day_is_not_called_a_week(stage: BareStage, clock: StillClock) -> None:
    await Person(stage, "ines").says("/suggest a bench in the shade")
    clock.forward(days=1)
    daily = DigestSettings(name="daily", day_of_week="*")
    (community,) = await stage.core.store.read(communities.every)
    text = await said(stage.core, calendar(daily, community).window(date(2026, 3, 5)), daily)
    assert text.startswith("Your digest · Plaza\n4 March\n1 message.\n1 thing waits for a decision, since 4 March.\n")
    assert "week" not in text
    french = await said(stage.core, calendar(daily, community).window(date(2026, 3, 5)), in_french(daily))
    assert french.startswith("Le point · Plaza\n4 mars\n1 message.\n1 retour attend une décision, depuis le 4 mars.\n")
    assert "semaine" not in french


async def test_a_day_is_compared_with_days(stage: BareStage, clock: StillClock) -> None:
    for day, people in enumerate((2, 2, 2, 2, 2, 2, 2, 2, 9)):
        for number in range(people):
            await Person(stage, f"member {number}").says(f"/problem broken {day}{number}")
        clock.forward(days=1)
    daily = DigestSettings(name="daily", day_of_week="*")
    (community,) = await stage.core.store.read(communities.every)
    text = await said(stage.core, calendar(daily, community).window(date(2026, 3, 13)), daily)
    assert "Unusually many: problems, 9 people (usually 0 to 6)." in text
    assert "Problems 9 from 9 people, unusually many (0 to 6)" in text
    assert "9 people · 2 before" in text


def in_french(digest: DigestSettings) -> DigestSettings:
    return digest.model_copy(update={"language": "fr"})
