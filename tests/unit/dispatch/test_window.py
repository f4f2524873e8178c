"""The moving window of the rates."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dispatch.window import Window

SECONDS = 10.0


def test_there_is_room_again_when_the_oldest_call_leaves_the_window() -> None:
    window = Window(2, SECONDS)
    assert [window.count("ines", 100.0), window.count("ines", 103.0)] == [0.0, 0.0]
    assert window.count("ines", 104.0) == 6.0
    assert window.count("ines", 110.0) == 0.0
    assert window.count("ines", 111.0) == 2.0


def test_one_key_never_limits_another() -> None:
    window = Window(1, SECONDS)
    assert [window.count(key, 100.0) for key in ("ines", "omar", "ines")] == [0.0, 0.0, SECONDS]


def test_who_was_not_heard_for_a_window_is_forgotten() -> None:
    window = Window(1, SECONDS)
    for number in range(1_000):
        window.count(number, float(number))
    assert len(window._calls) == SECONDS


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0, 8)), max_size=60), st.integers(1, 4))
def test_no_key_is_ever_counted_more_often_than_allowed(calls: list[tuple[int, float]], most: int) -> None:
    window, counted, now = Window(most, SECONDS), list[tuple[int, float]](), 0.0
    for key, later in calls:
        now += later
        wait = window.count(key, now)
        within = [at for own, at in counted if own == key and at > now - SECONDS]
        assert (wait == 0.0) == (len(within) < most)
        assert 0.0 <= wait <= SECONDS
        if not wait:
            counted.append((key, now))
