"""`doctor` on Telegram: the token, how updates come, and what the bot may do in each place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.data.test_outbox import writes
from tests.cli.doctor.clinic import BOT, PLACES, PLAZA, STAFF, TOKEN, Begun, finds, joins, notes, online, sound
from tests.cli.telegram import listening
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.fakes.telegram.faults import dropped, lost_chat, migrated
from tests.sockets.fakes.telegram.queue import Hook


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


def test_a_token_that_is_refused_and_a_telegram_that_does_not_answer_are_told(
    well: Shell, tmp_path: Path, telegram: FakeTelegram
) -> None:
    # A token is looked at also without a database.
    said = well.types("doctor", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/no.db")
    assert "ok    telegram token: it is @portevoix_bot's" in said.out
    telegram.bad_tokens.add(TOKEN)
    finds(well, "telegram token", "Telegram knows no bot of this token", "@BotFather")
    telegram.bad_tokens.clear()
    telegram.fail("*", dropped(), times=None)
    finds(well, "telegram", "does not answer", "telegram.api_url and telegram.proxy")


HOOK = {"PORTEVOIX_TELEGRAM__MODE": "webhook", "PORTEVOIX_TELEGRAM__WEBHOOK_URL": "https://bot.example/hook"}


def test_a_webhook_that_cannot_work_that_telegram_cannot_reach_or_where_the_bot_polls_is_told(
    well: Shell, telegram: FakeTelegram
) -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({"PORTEVOIX_TELEGRAM__MODE": "webhook"}, "set telegram.webhook_url"),
        ({**HOOK, "PORTEVOIX_TELEGRAM__WEBHOOK_LISTEN": "0.0.0.0:8443"}, "set telegram.webhook_secret"),
        (HOOK, "Telegram brings them to no address. To mend: start `portevoix run`"),
    ]
    for env, words in cases:
        finds(well, "telegram updates", words, **env)
    telegram.queue.hook = Hook(HOOK["PORTEVOIX_TELEGRAM__WEBHOOK_URL"], error="Connection refused")
    notes(well, "telegram updates", "brought to bot.example", **HOOK)
    telegram.queue.push({"message": {}})
    finds(well, "telegram updates", "1 wait", "Connection refused", "127.0.0.1:8443", **HOOK)
    telegram.queue.hook = Hook("https://elsewhere.example/hook")
    finds(well, "telegram updates", "a webhook is set at elsewhere.example", "/revoke")


def test_a_place_the_bot_was_taken_out_of_that_is_gone_or_became_a_supergroup_is_told(
    well: Shell, telegram: FakeTelegram
) -> None:
    cases: list[str] = ["left", "kicked"]
    for status in cases:
        telegram.world.members[PLAZA, BOT] = {"status": status, "until_date": 0}
        finds(well, f"telegram place {PLAZA}", "no member any more", "add it again")
    del telegram.world.members[PLAZA, BOT]
    telegram.fail("getChat", lost_chat(), chat=STAFF, times=None)
    finds(well, f"telegram staff place {STAFF}", "Chat not found", "add the bot to it again")
    telegram.faults.clear()
    telegram.fail("getChat", migrated(-1003), chat=STAFF, times=None)
    finds(well, f"telegram staff place {STAFF}", "became a supergroup", "-1003")


def test_what_the_bot_may_do_in_a_place_is_told(well: Shell, telegram: FakeTelegram) -> None:
    notes(well, f"telegram place {PLAZA}", "not delete messages, which is optional")
    group = {"id": PLAZA, "type": "supergroup", "title": "Plaza", "permissions": {"can_send_messages": False}}
    telegram.world.chats[PLAZA] = group
    finds(well, f"telegram place {PLAZA}", "“Plaza”: the bot may not post there", "an administrator")
    telegram.world.promote(PLAZA, BOT)
    words = ("the bot may post there", "take what was typed by mistake out of view")
    notes(well, f"telegram place {PLAZA}", *words)


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
    finds(shell, f"telegram staff place {PLAZA}:7", "administrators alone count as moderators", "the team's own")
    apart = Shell(well.home, {**well.env, "PORTEVOIX_COMMUNITIES": PLACES.replace(str(STAFF), "-1005:7")})
    finds(apart, "telegram staff place -1005:7", "all may read digests", "outside its topics")
