"""`doctor`: what is well, and for each thing that is not its mend."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.features.digest.posting.calendar import Calendar
from bot.operations.doctor import next_due
from bot.ports.codec import ReplyCodec
from bot.ports.reply import say
from bot.settings.config import DigestSettings
from storage.engine import keys as keyring
from storage.engine import sqlite
from storage.people import members
from storage.traffic import deliveries, outbox
from tests.cli.conftest import Shell
from tests.cli.data.test_outbox import writes
from tests.cli.doctor.clinic import PLACES, PLAZA, STAFF, TOKEN, Begun, finds, online, sound
from tests.cli.telegram import listening
from tests.sockets.fakes.telegram import FakeTelegram


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with listening() as fake:
        yield fake


@pytest.fixture
def kept(shell: Shell, tmp_path: Path, begun: Begun) -> Shell:
    return sound(shell, tmp_path, begun)


@pytest.fixture
def well(kept: Shell, telegram: FakeTelegram) -> Shell:
    return online(kept, telegram.url)


def test_when_all_is_well_every_line_says_so(well: Shell, telegram: FakeTelegram) -> None:
    said = well.types("doctor").done()
    lines = said.out.splitlines()
    assert all(line.startswith("ok    ") for line in lines)
    abouts = [line[6:].split(": ")[0] for line in lines]
    assert abouts == [
        "settings",
        "key",
        "database",
        "tables",
        "scheduled backup",
        "platforms",
        "chats of plaza",
        "knowledge of plaza",
        "staff place of plaza",
        "digest weekly of plaza",
        "undelivered",
        "waiting to be delivered",
        "telegram token",
        "telegram groups",
        "telegram privacy mode",
        "telegram updates",
        f"telegram staff place {STAFF}",
        f"telegram place {PLAZA}",
    ]
    assert TOKEN not in said.out
    # Nothing is posted or changed there, and offline no platform is asked.
    assert {call.method for call in telegram.journal.calls} == {"getMe", "getWebhookInfo", "getChat", "getChatMember"}
    telegram.journal.calls.clear()
    assert "telegram token" not in well.types("doctor", "--offline").done().out
    assert not telegram.journal.calls


def test_it_is_json_when_asked(well: Shell, telegram: FakeTelegram) -> None:
    found = json.loads(well.types("doctor", "--json").done().out)
    assert found["ok"] is True
    assert {"ok": True, "about": "platforms", "words": "telegram", "mend": ""} in found["findings"]
    telegram.bad_tokens.add(TOKEN)
    worse = well.types("doctor", "--json")
    assert (worse.code, json.loads(worse.out)["ok"]) == (1, False)


def test_settings_that_are_wrong_or_that_others_may_read_are_told(kept: Shell) -> None:
    line = finds(kept, "settings", "Did you mean PORTEVOIX_LANGUAGE?", PORTEVOIX_LANGUAGES="fr")
    assert kept.types("doctor", PORTEVOIX_LANGUAGES="fr").out.splitlines() == [line]
    Path("config.toml").write_text('[telegram]\ntoken = "123456:AA-secret"\n')
    Path("config.toml").chmod(0o644)
    finds(kept, "settings", "others may read config.toml", "chmod 600 config.toml")
    Path("config.toml").chmod(0o640)
    assert kept.types("doctor", "--offline").done()


def test_a_key_is_looked_at_and_none_is_made(kept: Shell, tmp_path: Path) -> None:
    beside = kept.home / "pv.key"
    beside.write_bytes(Path(kept.env["PORTEVOIX_KEY_FILE"]).read_bytes())
    beside.chmod(0o600)
    finds(kept, "key", "lies beside the database", "move it", PORTEVOIX_KEY_FILE=str(beside))
    keyring.create(tmp_path / "other/pv.key")
    finds(kept, "tables", "does not open", "PORTEVOIX_KEY_FILE", PORTEVOIX_KEY_FILE=f"{tmp_path}/other/pv.key")
    Path(kept.env["PORTEVOIX_KEY_FILE"]).chmod(0o644)
    finds(kept, "key", "others may read", "chmod 600")
    Path(kept.env["PORTEVOIX_KEY_FILE"]).unlink()
    finds(kept, "key", "there is none at", "put it back")
    assert not Path(kept.env["PORTEVOIX_KEY_FILE"]).exists()


def test_a_database_that_is_missing_or_of_another_version_is_told_and_left_alone(kept: Shell, tmp_path: Path) -> None:
    finds(kept, "database", "sqlite:///FILE or postgresql://", PORTEVOIX_DATABASE="mysql://x/y")
    finds(kept, "database", "there is none", "portevoix init", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/no.db")
    assert not (tmp_path / "no.db").exists()
    connection = sqlite.connect(kept.home / "pv.db", keyring.load(Path(kept.env["PORTEVOIX_KEY_FILE"])))
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    finds(kept, "tables", "at revision 0000", "portevoix db upgrade")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    connection.close()


def test_little_room_is_told(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operations.doctor.FREE_SPACE", 10**18)
    finds(kept, "database", "are free beside it", "make room")


def test_places_and_contacts_that_lead_nowhere_are_told(kept: Shell) -> None:
    finds(kept, "platforms", "none has a token", "portevoix init", PORTEVOIX_TELEGRAM__TOKEN="")
    bare = '[{"key": "forum", "name": "Forum"}]'
    finds(kept, "staff place of forum", "nowhere to go", "portevoix code --staff", PORTEVOIX_COMMUNITIES=bare)
    finds(kept, "staff place of plaza", "telegram has no token", PORTEVOIX_TELEGRAM__TOKEN=" ")
    own = '[{"staff": {"platform": "discord", "place": "7"}}]'
    finds(kept, "digest weekly of plaza", "discord has no token", PORTEVOIX_DIGESTS=own)


def test_a_trusted_contact_who_never_wrote_is_told(kept: Shell) -> None:
    own = PLACES.replace('"staff"', '"trusted_contacts": ["telegram:77"], "staff"')
    about = "trusted contact telegram:77 of plaza"
    finds(kept, about, "has not written to the bot yet", "/start", PORTEVOIX_COMMUNITIES=own)

    def write(session: Session) -> None:
        members.resolve(session, "telegram", "77", "Sam", date(2026, 3, 4))

    writes(kept, write)
    assert f"ok    {about}: known" in kept.types("doctor", "--offline", PORTEVOIX_COMMUNITIES=own).out


def test_the_next_digest_is_the_first_that_is_still_to_come() -> None:
    cases: list[tuple[str, str]] = [
        ("2026-03-08T07:59:59", "2026-03-09T09:00:00"),
        ("2026-03-09T08:59:59", "2026-03-09T09:00:00"),
        ("2026-03-09T09:00:00", "2026-03-16T09:00:00"),
        ("2026-03-28T12:00:00", "2026-03-30T09:00:00"),
    ]
    for now, due in cases:
        zone = ZoneInfo("Europe/Paris")
        own = Calendar(DigestSettings(), zone)
        found = next_due(own, datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC))
        assert found == datetime.fromisoformat(due).replace(tzinfo=zone), now


def owes(session: Session) -> None:
    """Rows 1 to 3, for a person."""
    now = datetime.now(UTC)
    person = members.resolve_id(session, "telegram", "77", "Camille", now.date(), None)
    for key in ("1", "2", "3"):
        outbox.owe(session, key, ReplyCodec().dump(say("Words")), now, recipient_id=person)


def test_what_was_not_delivered_is_told(kept: Shell) -> None:
    writes(kept, owes)
    kept.types("doctor", "--offline").done()
    writes(kept, lambda session: deliveries.postpone_all(session, [1], datetime.now(UTC) - timedelta(hours=2), "off"))
    finds(kept, "waiting to be delivered", "3, some for more than an hour", "portevoix run")
    # A person who blocked the bot is nothing to mend.
    writes(kept, lambda session: deliveries.mark_failed(session, 1, "Forbidden: bot was blocked by the user"))
    said = kept.types("doctor", "--offline").done()
    assert "ok    out of reach: 1 messages to people who cannot be reached" in said.out
    writes(kept, lambda session: deliveries.mark_exhausted(session, 2, "Bad Gateway"))
    writes(kept, lambda session: deliveries.mark_uncertain(session, 3, "lost"))
    finds(kept, "undelivered", "1 could not be delivered, 1 may have arrived", "portevoix outbox list")


def test_knowledge_is_counted_and_none_of_it_is_no_fault(kept: Shell, tmp_path: Path) -> None:
    assert "ok    knowledge of plaza: none yet" in kept.types("doctor", "--offline").done().out
    (tmp_path / "faq.md").write_text("## Opening hours?\n\nFrom nine to six.\n")
    kept.types("knowledge", "add", tmp_path / "faq.md").done()
    assert "ok    knowledge of plaza: answers: 1" in kept.types("doctor", "--offline").done().out


def test_the_chats_that_were_set_up_are_counted_and_a_closed_community_needs_one(kept: Shell) -> None:
    for own in (PLACES, PLACES.replace('"name": "Plaza"', '"name": "Plaza", "closed": true')):
        said = kept.types("doctor", "--offline", PORTEVOIX_COMMUNITIES=own)
        assert "ok    chats of plaza: those that were set up alone: 2" in said.out
    desk = f'[{{"key": "desk", "name": "Desk", "closed": true}}, {PLACES[1:]}'
    finds(kept, "chats of desk", "its members cannot write to it", "`portevoix code`", PORTEVOIX_COMMUNITIES=desk)
