"""Communities, their places and their knowledge."""

import pytest
from sqlmodel import Session

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Community
from storage.people import communities
from tests.storage import rows
from tests.storage.rows import NOON


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


def test_the_settings_win_over_what_was_stored(session: Session, plaza: Community) -> None:
    rows.item(session, plaza)
    again = communities.ensure(session, "plaza", "La Plaza", "fr", "UTC", NOON)
    assert again.id == plaza.id
    session.refresh(again)
    assert (again.name, again.language, again.timezone, again.last_number) == ("La Plaza", "fr", "UTC", 1)
    assert communities.by_key(session, "plaza") == again
    assert communities.by_key(session, "nowhere") is None


def test_the_only_community_takes_every_chat_and_two_take_only_their_own(session: Session, plaza: Community) -> None:
    assert communities.of_place(session, "bare", "anywhere") == plaza
    other = rows.community(session, "other")
    assert communities.of_place(session, "bare", "anywhere") is None
    communities.join_place(session, other.id, "bare", "room", staff=False)
    assert communities.of_place(session, "bare", "room") == other
    assert communities.of_place(session, "web", "room") is None
    assert communities.every(session) == [plaza, other]


def test_no_community_takes_nothing(session: Session) -> None:
    assert communities.of_place(session, "bare", "anywhere") is None
    assert communities.every(session) == []


def test_a_community_has_one_staff_place_the_newest_named(session: Session, plaza: Community) -> None:
    assert communities.staff_place(session, plaza.id) is None
    communities.join_place(session, plaza.id, "bare", "old", staff=True)
    newer = communities.join_place(session, plaza.id, "bare", "new", staff=True)
    assert communities.staff_place(session, plaza.id) == newer
    again = communities.join_place(session, plaza.id, "bare", "old", staff=True)
    session.expire_all()
    assert communities.staff_place(session, plaza.id) == again
    assert not newer.staff


def test_a_place_moves_to_another_community(session: Session, plaza: Community) -> None:
    other = rows.community(session, "other")
    first = communities.join_place(session, plaza.id, "bare", "room", staff=True)
    moved = communities.join_place(session, other.id, "bare", "room", staff=False)
    assert moved.id == first.id
    assert communities.staff_place(session, plaza.id) is None
    assert communities.of_place(session, "bare", "room") == other


def test_an_answer_of_a_known_name_replaces_what_it_said(session: Session, plaza: Community) -> None:
    before = knowledge.version(session, plaza.id)
    knowledge.add(session, plaza.id, [Entry("hours", ("When do you open?", "Opening hours"), "At nine.", "en")])
    ((answer_id, _), _) = knowledge.phrasings(session, plaza.id)
    knowledge.add(session, plaza.id, [Entry("hours", ("Horaires ?",), "À dix heures.", "fr")])
    session.expire_all()
    assert knowledge.phrasings(session, plaza.id) == [(answer_id, "Horaires ?")]
    found = knowledge.get(session, answer_id)
    assert found is not None
    assert (found[0].text, found[0].language, found[1]) == ("À dix heures.", "fr", "Horaires ?")
    assert knowledge.total(session, plaza.id) == 1
    assert knowledge.version(session, plaza.id) == before + 2


def test_knowledge_is_each_community_s_own(session: Session, plaza: Community) -> None:
    other = rows.community(session, "other")
    knowledge.add(session, plaza.id, [Entry("hours", ("When?",), "At nine.", "en")])
    knowledge.add(session, other.id, [Entry("hours", ("When?",), "At ten.", "en")])
    assert knowledge.total(session, plaza.id) == knowledge.total(session, other.id) == 1
    ((answer_id, _),) = knowledge.phrasings(session, other.id)
    found = knowledge.get(session, answer_id)
    assert found is not None
    assert found[0].text == "At ten."
    assert knowledge.get(session, 999) is None
