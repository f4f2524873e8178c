"""How an item stands, as its author's message shows it, on each engine."""

from sqlmodel import Session

from storage.items.desk.states import mark_of_own, state_of
from storage.vocabulary import Status
from tests.storage import rows


def test_the_mark_of_one_s_own_item_is_that_of_the_item(session: Session) -> None:
    place, zoe, alex = rows.community(session), rows.person(session, "zoe"), rows.person(session, "alex")
    item = rows.item(session, place, zoe, area="Quality", area_guessed=True)
    before = mark_of_own(session, item.id, zoe.id)
    assert before == state_of(item).mark
    item.status = Status.PLANNED
    session.flush()
    assert mark_of_own(session, item.id, zoe.id) == state_of(item).mark != before
    assert mark_of_own(session, item.id, alex.id) is None
