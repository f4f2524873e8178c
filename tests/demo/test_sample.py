"""The sample's files: whole, rich, and about nobody."""

import re
from collections import Counter

from bot.demo.deeds import Decided, Filed, Joined
from bot.demo.story import SAMPLE, Story, read_community
from storage.vocabulary import DEFAULT_AUDIENCE, STATUSES, Audience, Kind, Status
from tests.demo.scene import events

REASONS_OWED = {Status.NOT_PLANNED, Status.EXISTS, Status.EXPLAINED}
CAPITALS = {"AND", "Brouette", "Gare", "La", "Lavoir", "Mule", "Richard", "Tanneurs", "École"} | {
    f"{day}{plural}"
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday")
    for plural in ("", "s")
}
"""What is written with a capital inside a sentence, besides people."""


def test_there_are_answers_in_both_languages_each_asked_in_several_ways() -> None:
    entries = Story().answers()
    count = Counter(entry.language for entry in entries)
    assert count["en"] == count["fr"] >= 25
    assert all(len(set(entry.phrasings)) >= 2 and entry.text for entry in entries)
    assert len({entry.external_id for entry in entries}) == len(entries)


def test_the_story_has_only_its_own_people_and_areas() -> None:
    people, areas = Story().people, read_community().areas
    assert {event.deed.by for event in events()} == set(people)
    assert {event.deed.area for event in events() if isinstance(event.deed, Filed)} == set(areas)


def test_the_team_decides_what_each_kind_can_become_and_says_why_where_it_must() -> None:
    kinds: dict[str, Kind] = {}
    for deed in (event.deed for event in events()):
        if isinstance(deed, Filed):
            kinds[deed.name] = deed.kind
        if isinstance(deed, Decided):
            assert all(deed.to in STATUSES[kinds[name]] for name in deed.on), deed
            assert deed.why or deed.to not in REASONS_OWED, deed


def test_nobody_supports_twice_nor_what_is_theirs_nor_what_they_cannot_see() -> None:
    deeds = [event.deed for event in events()]
    filed = {deed.name: deed for deed in deeds if isinstance(deed, Filed)}
    joined = [deed for deed in deeds if isinstance(deed, Joined)]
    assert len(joined) == len({(deed.name, deed.by) for deed in joined})
    for deed in joined:
        about = filed[deed.name]
        assert about.by != deed.by, deed
        assert (about.audience or DEFAULT_AUDIENCE[about.kind]) is not Audience.TEAM, deed


def test_the_story_is_rich() -> None:
    deeds = [event.deed for event in events()]
    filed = [deed for deed in deeds if isinstance(deed, Filed)]
    assert 90 <= len(filed) <= 150
    assert len({deed.by for deed in filed}) >= 40
    assert {deed.kind for deed in filed} == set(Kind)
    assert {deed.audience or DEFAULT_AUDIENCE[deed.kind] for deed in filed} == {Audience.EVERYONE, Audience.TEAM}
    assert {deed.nameless for deed in filed} == {True, False}
    assert {deed.to for deed in deeds if isinstance(deed, Decided)} >= {Status.DONE, Status.RESOLVED, *REASONS_OWED}


def test_no_word_leads_to_anybody_real() -> None:
    known = {*Story().people, *CAPITALS}
    for file in sorted(file for file in SAMPLE.rglob("*") if file.is_file()):
        text = re.sub(r"^# .*", "", file.read_text("utf-8"), flags=re.MULTILINE)
        assert not re.search(r"https?:|www\.|@|\d[\d .-]{7,}\d|lorem", text, re.IGNORECASE), file.name
        inside = re.findall(r"(?<=[a-zà-ÿ,;] )(?:[ld]['’])?([A-ZÀ-Ý][\w-]+)", text)
        assert set(inside) <= known, (file.name, set(inside) - known)
