"""A memory with an end."""

from adapters.bounded import BoundedDict


def test_the_oldest_goes_when_there_are_too_many_and_what_was_used_again_is_not_the_oldest() -> None:
    recent: BoundedDict[str, int] = BoundedDict(2)
    recent["first"] = 1
    recent["second"] = 2
    recent["first"] = 3
    recent.setdefault("third", 4)
    assert dict(recent) == {"first": 3, "third": 4}


def test_a_list_that_was_begun_is_the_one_that_is_kept() -> None:
    recent: BoundedDict[str, list[int]] = BoundedDict(1)
    recent.setdefault("key", []).append(1)
    assert recent.pop("key", None) == [1]
    assert not recent
