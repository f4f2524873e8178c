"""Values are told apart by their fields."""

import pickle
from dataclasses import field, replace

from storage.values import frozen


@frozen
class Place:
    """What is compared, shown and counted."""

    name: str
    rows: tuple[int, ...] = ()
    looks: int = field(default=0, compare=False)
    secret: str = field(default="", repr=False)


@frozen
class Spot:
    """One field alone, and words of its own."""

    name: str

    def __repr__(self) -> str:
        return "a spot"


@frozen
class Nowhere:
    """No field at all."""


def test_two_are_the_same_when_the_fields_that_count_are() -> None:
    one = Place("hall", (1, 2), looks=3)
    assert one == Place("hall", (1, 2), looks=4)
    assert len({one, Place("hall", (1, 2), looks=5), Place("hall")}) == 2
    assert one not in (Place("hall", (2, 1)), Spot("hall"), "hall")
    assert Nowhere() == Nowhere()
    assert len({Nowhere(), Nowhere(), Spot("a"), Spot("a"), Spot("b")}) == 3


def test_one_says_what_is_in_it_but_no_secret_and_in_its_own_words_if_it_has_some() -> None:
    assert repr(Place("hall", secret="x")) == "Place(name='hall', rows=(), looks=0)"
    assert repr(Spot("hall")) == "a spot"


def test_one_is_copied_taken_apart_and_sent_elsewhere() -> None:
    one = Place("hall", secret="x")
    assert replace(one, name="yard") == Place("yard", secret="x")
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
    match one:
        case Place(name, rows):
            assert (name, rows) == ("hall", ())
    assert not hasattr(one, "__dict__")
