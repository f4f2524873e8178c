"""After the sample's last week its ordinary weeks come round again, by other people and under other names."""

from collections import Counter
from datetime import timedelta

from bot.demo.deeds import Asked, Decided, Filed, Joined
from bot.demo.story import Story
from storage.vocabulary import Kind
from tests.demo.scene import events

ROUNDS = 40
"""Weeks of the rounds that are looked at: three times through, and on."""


def _later(story: Story, number: int) -> list[Filed]:
    return [deed for deed in story.deeds(len(story.weeks) + number) if isinstance(deed, Filed)]


def test_no_week_is_empty() -> None:
    story = Story()
    for number in range(ROUNDS):
        deeds = story.deeds(len(story.weeks) + number)
        assert len(_later(story, number)) >= 3, number
        assert any(isinstance(deed, Asked) for deed in deeds), number
        said = [deed.by for deed in deeds if isinstance(deed, Filed | Asked)]
        assert len(said) >= len({*said}) >= 8, number


def test_everything_filed_has_a_name_of_its_own() -> None:
    names = Counter(event.deed.name for event in events(ROUNDS) if isinstance(event.deed, Filed))
    assert max(names.values()) == 1


def test_what_is_decided_or_joined_was_filed_before() -> None:
    filed: dict[str, Filed] = {}
    for event in events(ROUNDS):
        match event.deed:
            case Filed(name=name):
                filed[name] = event.deed
            case Decided(on=names):
                assert filed.keys() >= set(names), event
            case Joined(name=name, by=by):
                assert filed[name].by != by, event


def test_nobody_joins_the_same_twice() -> None:
    joined = [(event.deed.name, event.deed.by) for event in events(ROUNDS) if isinstance(event.deed, Joined)]
    assert len(joined) == len(set(joined))


def test_the_same_words_are_somebody_elses_and_in_their_language() -> None:
    story = Story()
    said = {one.text: one.by for week in story.weeks for one in week.feedback}
    again = [one for number in range(12) for one in _later(story, number) if one.text in said]
    assert again
    for one in again:
        assert one.by != said[one.text]
        assert story.people[one.by] == story.people[said[one.text]]


def test_what_was_suggested_is_not_suggested_again() -> None:
    story = Story()
    before = {one.text for week in story.weeks for one in week.feedback if one.kind is Kind.SUGGESTION}
    later = [one for number in range(12) for one in _later(story, number)]
    assert not before & {one.text for one in later}
    assert sum(one.kind is Kind.SUGGESTION for one in later) >= 12


def test_the_week_of_the_gate_comes_once() -> None:
    once = {one.text for week in Story().weeks if week.once for one in week.feedback}
    texts = Counter(event.deed.text for event in events(ROUNDS) if isinstance(event.deed, Filed))
    assert once
    assert {texts[text] for text in once} == {1}


def test_it_is_the_same_whenever_it_is_asked_for() -> None:
    whole = events(ROUNDS)
    until = whole[-1].at - timedelta(weeks=8)
    assert [event for event in whole if event.at <= until] == events(until=until)
