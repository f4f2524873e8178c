"""`doctor`: what is well, and for each thing that is not its mend."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.config import DigestSettings
from bot.doctor import upcoming
from bot.features.digest.calendar import Calendar
from bot.reply import Wire, say
from storage import communities, members, outbox, sqlite
from storage import keys as keyring
from tests.cli.conftest import Shell
from tests.cli.telegram import listening
from tests.cli.test_outbox import writes
from tests.sockets.telegram import FakeTelegram
from tests.sockets.telegram.faults import dropped, lost_chat, migrated
from tests.sockets.telegram.queue import Hook

TOKEN, PLAZA, STAFF, BOT = "123456:AA-secret_of_the_bot", -1001, -1002, 123456
PLACES = (
    '[{"key": "plaza", "name": "Plaza", "timezone": "Europe/Paris",'
    f' "staff": {{"platform": "telegram", "place": "{STAFF}"}}}}]'
)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with listening() as fake:
        yield fake


@pytest.fixture
def kept(shell: Shell, tmp_path: Path) -> Shell:
    """A key apart from the database, a staff place, a community's place, and a token that nobody was asked about."""
    key = tmp_path / "apart/pv.key"
    key.parent.mkdir()
    (shell.home / "pv.key").rename(key)
    env = {"PORTEVOIX_KEY_FILE": str(key), "PORTEVOIX_COMMUNITIES": PLACES, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN}
    own = Shell(shell.home, {**shell.env, **env})
    own.types("db", "upgrade").done()
    writes(own, lambda session: joins(session, str(PLAZA)))
    return own


@pytest.fixture
def well(kept: Shell, telegram: FakeTelegram) -> Shell:
    """All of it, with a Telegram that answers."""
    return Shell(kept.home, {**kept.env, "PORTEVOIX_TELEGRAM__API_URL": telegram.url})


def joins(session: Session, place: str) -> None:
    communities.join_place(session, communities.every(session)[0].id, "telegram", place, staff=False)


def finds(shell: Shell, about: str, *words: str, **env: str) -> str:
    """Check that one thing has to be mended, and how; returns its line."""
    said = shell.types("doctor", *(() if "PORTEVOIX_TELEGRAM__API_URL" in shell.env else ("--offline",)), **env)
    lines = [line for line in said.out.splitlines() if line.startswith("mend")]
    assert said.code == 1, said
    found = [line for line in lines if line.startswith(f"mend  {about}: ")]
    assert len(found) == 1, said.out
    for word in words:
        assert word in found[0], found[0]
    assert TOKEN not in said.out + said.err
    return found[0]


def notes(shell: Shell, about: str, *words: str, **env: str) -> None:
    """Check that one thing is well, with these words."""
    said = shell.types("doctor", **env)
    found = [line for line in said.out.splitlines() if line.startswith(f"ok    {about}: ")]
    assert len(found) == 1, said.out
    for word in words:
        assert word in found[0], found[0]


def test_when_all_is_well_every_line_says_so(well: Shell) -> None:
    said = well.types("doctor").done()
    lines = said.out.splitlines()
    assert all(line.startswith("ok    ") for line in lines)
    abouts = [line[6:].split(": ")[0] for line in lines]
    assert abouts == [
        "settings",
        "key",
        "database",
        "tables",
        "platforms",
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


def test_nothing_is_posted_or_changed_there(well: Shell, telegram: FakeTelegram) -> None:
    well.types("doctor").done()
    assert {call.method for call in telegram.journal.calls} == {"getMe", "getWebhookInfo", "getChat", "getChatMember"}


def test_offline_no_platform_is_asked(well: Shell, telegram: FakeTelegram) -> None:
    said = well.types("doctor", "--offline").done()
    assert "telegram token" not in said.out
    assert not telegram.journal.calls


def test_it_is_json_when_asked(well: Shell, telegram: FakeTelegram) -> None:
    found = json.loads(well.types("doctor", "--json").done().out)
    assert found["ok"] is True
    assert {"ok": True, "about": "platforms", "words": "telegram", "mend": ""} in found["findings"]
    telegram.bad_tokens.add(TOKEN)
    worse = well.types("doctor", "--json")
    assert (worse.code, json.loads(worse.out)["ok"]) == (1, False)


def test_a_wrong_setting_is_told_and_nothing_else_looked_at(kept: Shell) -> None:
    line = finds(kept, "settings", "Did you mean language?", PORTEVOIX_LANGUAGES="fr")
    assert kept.types("doctor", PORTEVOIX_LANGUAGES="fr").out.splitlines() == [line]


def test_a_readable_file_with_a_token_in_it_is_told(kept: Shell) -> None:
    Path("config.toml").write_text('[telegram]\ntoken = "123456:AA-secret"\n')
    Path("config.toml").chmod(0o644)
    finds(kept, "settings", "others may read config.toml", "chmod 600 config.toml")
    Path("config.toml").chmod(0o640)
    assert kept.types("doctor", "--offline").done()


def test_a_key_beside_the_data_is_told(kept: Shell) -> None:
    beside = kept.home / "pv.key"
    beside.write_bytes(Path(kept.env["PORTEVOIX_KEY_FILE"]).read_bytes())
    beside.chmod(0o600)
    finds(kept, "key", "lies beside the database", "move it", PORTEVOIX_KEY_FILE=str(beside))


def test_a_key_that_others_may_read_is_told(kept: Shell) -> None:
    Path(kept.env["PORTEVOIX_KEY_FILE"]).chmod(0o644)
    finds(kept, "key", "others may read", "chmod 600")


def test_a_missing_key_is_told_and_none_is_made(kept: Shell) -> None:
    Path(kept.env["PORTEVOIX_KEY_FILE"]).unlink()
    finds(kept, "key", "there is none at", "put it back")
    assert not Path(kept.env["PORTEVOIX_KEY_FILE"]).exists()


def test_another_key_is_told(kept: Shell, tmp_path: Path) -> None:
    keyring.create(tmp_path / "other/pv.key")
    finds(kept, "tables", "does not open", "PORTEVOIX_KEY_FILE", PORTEVOIX_KEY_FILE=f"{tmp_path}/other/pv.key")


def test_a_missing_database_is_told_and_none_is_made(kept: Shell, tmp_path: Path) -> None:
    finds(kept, "database", "there is none", "portevoix init", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/no.db")
    assert not (tmp_path / "no.db").exists()


def test_an_address_that_is_no_database_s_is_told(kept: Shell) -> None:
    finds(kept, "database", "sqlite:///FILE or postgresql://", PORTEVOIX_DATABASE="mysql://x/y")


def test_another_version_s_tables_are_told_and_left_alone(kept: Shell) -> None:
    connection = sqlite.connect(kept.home / "pv.db", keyring.load(Path(kept.env["PORTEVOIX_KEY_FILE"])))
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    finds(kept, "tables", "at revision 0000", "portevoix db upgrade")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
    connection.close()


def test_little_room_is_told(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doctor.ROOM", 10**18)
    finds(kept, "database", "are free beside it", "make room")


def test_no_token_at_all_is_told(kept: Shell) -> None:
    finds(kept, "platforms", "none has a token", "portevoix init", PORTEVOIX_TELEGRAM__TOKEN="")


def test_a_community_without_a_staff_place_is_told(kept: Shell) -> None:
    bare = '[{"key": "forum", "name": "Forum"}]'
    finds(kept, "staff place of forum", "nowhere to go", "portevoix code --staff", PORTEVOIX_COMMUNITIES=bare)


def test_a_staff_place_on_a_platform_without_a_token_is_told(kept: Shell) -> None:
    finds(kept, "staff place of plaza", "telegram has no token", PORTEVOIX_TELEGRAM__TOKEN=" ")


def test_a_digest_s_own_place_is_looked_at(kept: Shell) -> None:
    own = '[{"staff": {"platform": "discord", "place": "7"}}]'
    finds(kept, "digest weekly of plaza", "discord has no token", PORTEVOIX_DIGESTS=own)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-08T07:59:59", "2026-03-09T09:00:00"),
        ("2026-03-09T08:59:59", "2026-03-09T09:00:00"),
        ("2026-03-09T09:00:00", "2026-03-16T09:00:00"),
        ("2026-03-28T12:00:00", "2026-03-30T09:00:00"),
    ],
)
def test_the_next_digest_is_the_first_that_is_still_to_come(now: str, due: str) -> None:
    zone = ZoneInfo("Europe/Paris")
    own = Calendar(DigestSettings(), zone)
    found = upcoming(own, datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC))
    assert found == datetime.fromisoformat(due).replace(tzinfo=zone)


def owes(session: Session) -> None:
    """Rows 1 to 3, for a person."""
    now = datetime.now(UTC)
    person = members.resolve_id(session, "telegram", "77", "Camille", now.date(), None)
    for key in ("1", "2", "3"):
        outbox.owe(session, key, Wire().dump(say("Words")), now, recipient_id=person)


def test_dead_letters_are_told(kept: Shell) -> None:
    writes(kept, owes)
    writes(kept, lambda session: outbox.exhausted(session, 1, "Bad Gateway"))
    writes(kept, lambda session: outbox.uncertain(session, 2, "lost"))
    finds(kept, "undelivered", "1 could not be delivered, 1 may have arrived", "portevoix outbox list")


def test_a_person_who_blocked_the_bot_is_nothing_to_mend(kept: Shell) -> None:
    writes(kept, owes)
    writes(kept, lambda session: outbox.failed(session, 1, "Forbidden: bot was blocked by the user"))
    said = kept.types("doctor", "--offline").done()
    assert "ok    out of reach: 1 messages to people who cannot be reached" in said.out


def test_what_waits_for_long_is_told(kept: Shell) -> None:
    writes(kept, owes)
    kept.types("doctor", "--offline").done()
    writes(kept, lambda session: outbox.all_held(session, [1], datetime.now(UTC) - timedelta(hours=2), "off"))
    finds(kept, "waiting to be delivered", "3, some for more than an hour", "portevoix run")


def test_knowledge_is_counted_and_none_of_it_is_no_fault(kept: Shell, tmp_path: Path) -> None:
    assert "ok    knowledge of plaza: none yet" in kept.types("doctor", "--offline").done().out
    (tmp_path / "faq.md").write_text("## Opening hours?\n\nFrom nine to six.\n")
    kept.types("knowledge", "add", tmp_path / "faq.md").done()
    assert "ok    knowledge of plaza: answers: 1" in kept.types("doctor", "--offline").done().out


def test_a_refused_token_is_told(well: Shell, telegram: FakeTelegram) -> None:
    telegram.bad_tokens.add(TOKEN)
    finds(well, "telegram token", "Telegram knows no bot of this token", "@BotFather")


def test_a_telegram_that_does_not_answer_is_told(well: Shell, telegram: FakeTelegram) -> None:
    telegram.fail("*", dropped(), times=None)
    finds(well, "telegram", "does not answer", "telegram.api_url and telegram.proxy")


def test_a_token_is_looked_at_also_without_a_database(well: Shell, tmp_path: Path) -> None:
    said = well.types("doctor", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/no.db")
    assert "ok    telegram token: it is @portevoix_bot's" in said.out


def test_a_webhook_where_the_bot_polls_is_told(well: Shell, telegram: FakeTelegram) -> None:
    telegram.queue.hook = Hook("https://elsewhere.example/hook")
    finds(well, "telegram updates", "a webhook is set at elsewhere.example", "/revoke")


HOOK = {"PORTEVOIX_TELEGRAM__MODE": "webhook", "PORTEVOIX_TELEGRAM__WEBHOOK_URL": "https://bot.example/hook"}


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"PORTEVOIX_TELEGRAM__MODE": "webhook"}, "set telegram.webhook_url"),
        ({**HOOK, "PORTEVOIX_TELEGRAM__WEBHOOK_LISTEN": "0.0.0.0:8443"}, "set telegram.webhook_secret"),
        (HOOK, "Telegram brings them to no address. To mend: start `portevoix run`"),
    ],
)
def test_a_webhook_that_cannot_work_is_told(well: Shell, env: dict[str, str], words: str) -> None:
    finds(well, "telegram updates", words, **env)


def test_a_webhook_that_telegram_cannot_reach_is_told(well: Shell, telegram: FakeTelegram) -> None:
    telegram.queue.hook = Hook(HOOK["PORTEVOIX_TELEGRAM__WEBHOOK_URL"], error="Connection refused")
    notes(well, "telegram updates", "brought to bot.example", **HOOK)
    telegram.queue.push({"message": {}})
    finds(well, "telegram updates", "1 wait", "Connection refused", "127.0.0.1:8443", **HOOK)


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_a_place_the_bot_was_taken_out_of_is_told(well: Shell, telegram: FakeTelegram, status: str) -> None:
    telegram.world.members[PLAZA, BOT] = {"status": status, "until_date": 0}
    finds(well, f"telegram place {PLAZA}", "no member any more", "add it again")


def test_a_place_that_is_gone_is_told(well: Shell, telegram: FakeTelegram) -> None:
    telegram.fail("getChat", lost_chat(), chat=STAFF, times=None)
    finds(well, f"telegram staff place {STAFF}", "Chat not found", "add the bot to it again")


def test_a_place_that_became_a_supergroup_is_told_with_its_number(well: Shell, telegram: FakeTelegram) -> None:
    telegram.fail("getChat", migrated(-1003), chat=STAFF, times=None)
    finds(well, f"telegram staff place {STAFF}", "became a supergroup", "-1003")


def test_a_place_where_nobody_may_write_is_told(well: Shell, telegram: FakeTelegram) -> None:
    group = {"id": PLAZA, "type": "supergroup", "title": "Plaza", "permissions": {"can_send_messages": False}}
    telegram.world.chats[PLAZA] = group
    finds(well, f"telegram place {PLAZA}", "“Plaza”: the bot may not post there", "an administrator")
    telegram.world.promote(PLAZA, BOT)
    notes(well, f"telegram place {PLAZA}", "the bot may post there")


def test_deleting_is_optional_and_named(well: Shell, telegram: FakeTelegram) -> None:
    notes(well, f"telegram place {PLAZA}", "not delete messages, which is optional")
    telegram.world.promote(PLAZA, BOT)
    notes(well, f"telegram place {PLAZA}", "take what was typed by mistake out of view")


def test_a_topic_of_a_group_without_topics_is_told(well: Shell, telegram: FakeTelegram) -> None:
    writes(well, lambda session: joins(session, "-1005:7"))
    finds(well, "telegram place -1005:7", "it has no topics any more", "/setup")
    telegram.world.chats[-1005] = {"id": -1005, "type": "supergroup", "title": "Team", "is_forum": True}
    notes(well, "telegram place -1005:7", "whether topic 7 is still there shows when something is posted")


def test_a_place_that_is_no_chat_s_number_is_told(well: Shell) -> None:
    writes(well, lambda session: joins(session, "@plaza"))
    finds(well, "telegram place @plaza", "is no chat's number", "/setup")


def test_a_staff_place_that_anybody_can_join_is_told(well: Shell, telegram: FakeTelegram) -> None:
    group = {"type": "supergroup", "title": "Open", "username": "open_group"}
    telegram.world.chats |= {STAFF: {"id": STAFF, **group}, PLAZA: {"id": PLAZA, **group}}
    finds(well, f"telegram staff place {STAFF}", "anybody can join @open_group", "make the group private")
    notes(well, f"telegram place {PLAZA}", "the bot may post there")


def test_a_staff_topic_among_the_members_is_told(well: Shell, telegram: FakeTelegram) -> None:
    forum = {"type": "supergroup", "title": "Plaza", "is_forum": True}
    telegram.world.chats |= {PLAZA: {"id": PLAZA, **forum}, -1005: {"id": -1005, **forum}}
    shell = Shell(well.home, {**well.env, "PORTEVOIX_COMMUNITIES": PLACES.replace(str(STAFF), f"{PLAZA}:7")})
    finds(shell, f"telegram staff place {PLAZA}:7", "they all count as staff", "a group of the team's own")
    apart = Shell(well.home, {**well.env, "PORTEVOIX_COMMUNITIES": PLACES.replace(str(STAFF), "-1005:7")})
    notes(apart, "telegram staff place -1005:7", "whether topic 7 is still there")
