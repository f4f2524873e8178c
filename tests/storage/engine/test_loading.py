"""What prepared statements read is the session's own, as what it reads itself."""

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from storage.engine.loading import add, by_id
from storage.items import feedback
from storage.items.support import groups
from storage.models import Feedback, Member
from tests.storage import rows
from tests.storage.rows import NOON


def _filed(session: Session) -> Feedback:
    filed = rows.item(session, rows.community(session), rows.person(session))
    session.expunge_all()
    return filed


def test_a_row_read_either_way_is_one_object_that_is_stored_when_it_changes(session: Session) -> None:
    number, community_id = (filed := _filed(session)).number, filed.community_id
    item = feedback.by_number(session, community_id, number)
    assert item is not None
    assert inspect(item).persistent
    assert session.exec(select(Feedback)).one() is item is by_id(session, Feedback, item.id)
    assert item.model_dump() == filed.model_dump()
    item.text = "Open on Sundays"
    session.flush()
    session.expire_all()
    assert session.exec(select(Feedback.text)).one() == item.text == "Open on Sundays"


def test_what_the_session_has_is_read_anew_only_when_it_is_locked_or_expired(session: Session) -> None:
    filed = _filed(session)
    item = feedback.by_number(session, filed.community_id, filed.number)
    assert item is not None
    session.connection().execute(text("UPDATE feedback SET language = 'fr', team = 'Shop'"))
    assert feedback.by_number(session, filed.community_id, filed.number) is item
    assert item.language == "en"
    session.expire(item, ["team"])
    feedback.by_number(session, filed.community_id, filed.number)
    assert "team" in item.__dict__, "it was filled in"
    assert (item.language, item.team) == ("en", "Shop")
    assert groups.lock(session, [item.id]) == [item]
    assert item.language == "fr"
    assert not session.dirty


def test_what_is_added_without_a_model_has_its_defaults(session: Session) -> None:
    added = add(session, Member, first_seen=NOON.date())
    kept = added.model_dump()
    assert inspect(added).persistent
    session.expunge_all()
    assert (
        session.exec(select(Member)).one().model_dump()
        == kept
        == Member(id=added.id, first_seen=NOON.date()).model_dump()
    )
