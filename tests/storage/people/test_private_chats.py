"""Where people write to the bot alone: one row each, by the day, gone with its person or its time."""

import json
from datetime import timedelta

from sqlmodel import Session, col, select

from storage.models import PrivateChat
from storage.people import private_chats
from storage.privacy import erasure, retention
from tests.storage.rows import DAY, NOON


def rows(session: Session) -> list[PrivateChat]:
    return list(session.exec(select(PrivateChat).order_by(col(PrivateChat.id))))


def note(session: Session, who: str, now: object = NOON, platform: str = "discord") -> None:
    private_chats.note(session, platform, who, json.dumps([platform, who]).encode(), now)  # type: ignore[arg-type]
    session.expire_all()


def test_somebody_who_writes_often_is_kept_once_by_the_last_day(session: Session) -> None:
    for now in (NOON, NOON + DAY, NOON + timedelta(hours=1)):
        note(session, "zoe", now)
    (row,) = rows(session)
    assert row.heard_at == (NOON + DAY).replace(hour=0, minute=0, second=0, microsecond=0)


def test_the_chats_of_the_newest_day_come_first_and_no_more_than_asked_for(session: Session) -> None:
    for who, days in (("zoe", 0), ("noor", 2), ("alex", 1)):
        note(session, who, NOON + days * DAY)
    note(session, "ines", NOON + 3 * DAY, "elsewhere")
    found = private_chats.recent(session, "discord", 2)
    assert [json.loads(one)[1] for one in found] == ["noor", "alex"]


def test_a_chat_nobody_writes_in_goes_after_its_time_and_no_other(session: Session) -> None:
    note(session, "zoe", NOON - 10 * DAY)
    note(session, "noor", NOON)
    rule = next(one for one in retention.RULES if one.name == "private_chats")
    retention.drop(session, rule, [key for _, key in retention.due(session, rule, NOON - 5 * DAY)])
    session.expire_all()
    assert [one.holder for one in rows(session)] == ["noor"]


def test_a_person_who_is_erased_is_found_there_no_more(session: Session) -> None:
    for who in ("zoe", "noor"):
        note(session, who)
    erasure.erase_person(session, 1, ["zoe"])
    session.expire_all()
    assert [one.holder for one in rows(session)] == ["noor"]
