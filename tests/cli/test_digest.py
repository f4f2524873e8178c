"""`digest preview` and `digest post`."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import opening
from storage import outbox
from storage.models import Outbox
from tests.cli.conftest import ONE, Shell
from tests.clock import WEDNESDAY, StillClock

STAFF = '[{"key": "plaza", "name": "Plaza", "staff": {"platform": "discord", "place": "123"}}]'


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> StillClock:
    clock = StillClock()
    monkeypatch.setattr(opening, "SystemClock", lambda: clock)
    return clock


@pytest.fixture
def told(shell: Shell, tmp_path: Path) -> Shell:
    """A community that was told something this instant, and something a month ago."""
    file = tmp_path / "rows.csv"
    file.write_text("kind,text,author,at\nidea,A dark \x1b[2J\x07theme,Ada,\nidea,Old,Ada,2026-02-03T10:00Z\n", "utf-8")
    shell.types("import", "csv", file, PORTEVOIX_COMMUNITIES=ONE).done()
    return shell


def test_a_preview_is_of_the_last_seven_days_this_instant_included(told: Shell) -> None:
    said = told.types("digest", "preview").done()
    assert said.out.startswith("Your week · Plaza\n25 February - 4 March\n")
    assert "1 message, 1 person" in said.out
    assert "dark" in said.out
    assert said.err == ""


def test_a_preview_shows_no_buttons_and_sends_a_terminal_no_codes(told: Shell) -> None:
    said = told.types("digest", "preview").done()
    assert "\x1b" not in said.out
    assert "\x07" not in said.out
    assert "[Decide]" not in said.out


def test_a_preview_may_end_at_another_time_and_be_in_another_language(told: Shell) -> None:
    said = told.types("digest", "preview", "--at", "2026-02-09", "--language", "fr").done()
    assert said.out.startswith("Le point de la semaine · Plaza\n2-8 février\n")
    assert "Old" in said.out


def test_another_time_or_language_must_be_one(told: Shell) -> None:
    told.types("digest", "preview", "--at", "monday").refused("--at: “monday” is not an ISO 8601 date")
    told.types("digest", "preview", "--language", "de").refused("--language de is not spoken; there is: en, fr.")


def test_a_post_waits_for_the_running_bot(told: Shell) -> None:
    said = told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done()
    assert said.out == ""
    assert "on its way to 123 on discord: the running bot delivers it." in said.err
    assert "`portevoix run`" in said.err
    [row] = _waiting(told)
    assert "Your week" in str(row.payload)


def test_a_second_post_within_a_minute_is_the_same_one(told: Shell, clock: StillClock) -> None:
    told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done()
    assert "within this minute already" in told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done().err
    assert len(_waiting(told)) == 1
    clock.forward(minutes=1)
    told.types("digest", "post", PORTEVOIX_COMMUNITIES=STAFF).done()
    assert len(_waiting(told)) == 2


def test_without_a_staff_place_the_setting_is_named(told: Shell) -> None:
    told.types("digest", "post").refused("set communities.staff", 'PORTEVOIX_COMMUNITIES=\'[{"key": "plaza"')
    assert _waiting(told) == []


def _waiting(shell: Shell) -> list[Outbox]:
    return shell.reads(lambda session: outbox.due(session, WEDNESDAY + timedelta(days=1)))
