"""Erasing a person: nothing of theirs stays, nothing of others goes, the totals hold."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from storage.answers import questions
from storage.engine.keys import Keys
from storage.engine.unique import table_of
from storage.items import addresses, feedback
from storage.items.importing import walking
from storage.items.support import supports
from storage.models import Attachment, Community, Feedback, History, Identity, Inbox, Member, Question
from storage.privacy import erasure
from storage.reports import digests, periods, reporting, turnout
from storage.reports.reporting import Count
from storage.traffic import buttons, deliveries, outbox, prompts
from storage.vocabulary import Audience, Decision, Kind, Status
from tests.storage import rows
from tests.storage.rows import NOON, WEEK

KEYS = Keys(b"k" * 32)
MARKER = "Zoe"
"""In every word, name and account of the one who goes, and nowhere else."""


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def zoe(session: Session) -> Member:
    return person(session, MARKER)


@pytest.fixture
def sam(session: Session) -> Member:
    return person(session, "Sam")


def person(session: Session, name: str) -> Member:
    member = rows.person(session, name)
    session.add(
        Identity(member_id=member.id, platform="web", external_id=f"{name}-web", name=f"{name} W.", locale=f"fr-{name}")
    )
    member.language = "fr"
    session.flush()
    return member


def live(session: Session, plaza: Community, member: Member, name: str) -> tuple[Feedback, Feedback]:
    """Everything a person can leave behind."""
    named = rows.item(session, plaza, member, text=f"words of {name}", source=f"bare:{member.id}-1")
    mark = KEYS.mark(plaza.id, member.id)
    nameless = rows.item(session, plaza, text=f"nameless words of {name}", author_hash=mark)
    addresses.keep(session, nameless.id, f"sealed address of {name}".encode())
    for item in (named, nameless):
        picture = f"picture of {name}".encode()
        session.add(Attachment(feedback_id=item.id, name=f"{name}.png", media_type="image/png", content=picture))
    feedback.change_status(session, named, Status.PLANNED, None, f"Thank you {name}", NOON)
    owe(session, f"{name} news", feedback_id=nameless.id, text=f"“nameless words of {name}”")
    owe(session, f"{name} own", feedback_id=named.id, recipient_id=member.id, text=f"“words of {name}”")
    asked = Question(
        community_id=plaza.id, asker_id=member.id, text=f"{name} asks?", plain=f"{name} asks", language="en"
    )
    asked.decision, asked.asked_at = Decision.SILENT, NOON
    questions.keep(session, asked)
    prompts.ask(session, KEYS.holder("prompt", name), f"bare:{name}", "suggest", {"area": name}, "text", NOON)
    prompts.draft(session, KEYS.holder("prompt", name), f"bare:{name}", "problem", {"text": f"draft of {name}"}, NOON)
    rows.button(session, name)
    session.flush()
    return named, nameless


def owe(session: Session, key: str, **what: Any) -> None:
    payload = {"text": what.pop("text")}
    outbox.owe(session, f"status:{key.encode().hex()}", payload, NOON, **what)


def erase(session: Session, member: Member) -> list[Feedback]:
    session.flush()
    marks = [KEYS.mark(community.id, member.id) for community in session.exec(select(Community))]
    names = session.exec(select(Identity.name).where(Identity.member_id == member.id))
    marks += [KEYS.holder("prompt", name) for name in names]
    blanked = erasure.erase_person(session, member.id, marks)
    session.expire_all()
    return blanked


def meet(session: Session, plaza: Community, zoe: Member, sam: Member) -> tuple[Feedback, Feedback]:
    """Both live; each supports and follows the other's item, and Zoe decides on Sam's."""
    hers, _ = live(session, plaza, zoe, MARKER)
    his, _ = live(session, plaza, sam, "Sam")
    for member, item in ((zoe, his), (sam, hers)):
        supports.toggle(session, item, member.id, NOON)
        supports.toggle_follow(session, item, member.id, NOON)
    owe(session, "to sam", feedback_id=hers.id, recipient_id=sam.id, text=f"“words of {MARKER}” is planned")
    feedback.change_status(session, his, Status.DONE, zoe.id, f"said {MARKER}", NOON)
    return hers, his


def test_nothing_of_an_erased_person_is_left_in_any_table(
    session: Session, plaza: Community, zoe: Member, sam: Member
) -> None:
    meet(session, plaza, zoe, sam)
    before = rows.dump(session)
    assert sum(MARKER in str(found) for found in before.values()) >= 8, "the marker is where it can be"
    member_id, mark = zoe.id, KEYS.mark(plaza.id, zoe.id)
    erase(session, zoe)
    for table, found in rows.dump(session).items():
        assert MARKER not in str(found), table
        assert mark not in str(found), table
        assert MARKER.encode().hex() not in str(found).lower(), table
    assert not tied_to(session, member_id)


def tied_to(session: Session, member_id: int) -> list[str]:
    """Rows of any table whose owner is that person."""
    return [
        table.name
        for table in Feedback.metadata.sorted_tables
        for column in erasure.owners(table)
        if session.connection().execute(table.select().where(column == member_id)).first()
    ]


def test_another_person_s_rows_are_untouched(session: Session, plaza: Community, sam: Member) -> None:
    live(session, plaza, sam, "Sam")
    before = rows.dump(session)
    zoe = person(session, MARKER)
    live(session, plaza, zoe, MARKER)
    erase(session, zoe)
    after = rows.dump(session)
    for table, found in before.items():
        if table not in {"community", "member"}:
            assert set(map(str, found)) <= set(map(str, after[table])), table


def test_numbers_kinds_statuses_and_tallies_stay(session: Session, plaza: Community, zoe: Member, sam: Member) -> None:
    hers, his = meet(session, plaza, zoe, sam)
    before = {item.number: (item.kind, item.status, total) for item, total in walking.walk(session, plaza.id)}
    session.add_all([hers, his, zoe])
    totals = turnout.total(session, plaza.id, *WEEK)
    blanked = erase(session, zoe)
    assert [item.number for item in blanked] == [1000, 1]
    assert all(item.text == "" and item.author_id is None and item.author_hash is None for item in blanked)
    after = {item.number: (item.kind, item.status, total) for item, total in walking.walk(session, plaza.id)}
    assert after == before
    assert totals == Count(4, 4)
    assert turnout.total(session, plaza.id, *WEEK) == Count(4, 2), "messages stay, a person is no longer told apart"
    assert [entry.after for entry in feedback.history(session, blanked[1].id)] == ["received", "planned"]


def test_what_others_wrote_about_the_items_loses_its_words_and_keeps_its_author(
    session: Session, plaza: Community, zoe: Member, sam: Member
) -> None:
    item = rows.item(session, plaza, zoe)
    feedback.change_status(session, item, Status.PLANNED, sam.id, f"As {MARKER} asked", NOON)
    erase(session, zoe)
    entry = session.exec(select(History).where(History.actor_id == sam.id)).one()
    assert (entry.note, entry.after) == ("", "planned")


def test_an_item_without_a_name_is_found_by_its_mark_with_its_address_and_files(
    session: Session, plaza: Community, zoe: Member
) -> None:
    other = rows.community(session, "other")
    items = [
        rows.item(session, where, text=MARKER, author_hash=KEYS.mark(where.id, zoe.id)) for where in (plaza, other)
    ]
    for item in items:
        addresses.keep(session, item.id, b"sealed")
        session.add(Attachment(feedback_id=item.id, name=MARKER, media_type="text/plain", content=b"x"))
    assert len(erase(session, zoe)) == 2
    found = rows.dump(session)
    assert found["sealed_address"] == found["attachment"] == []
    assert {row.text for row in session.exec(select(Feedback))} == {""}


def test_a_nameless_item_stays_when_its_mark_is_not_given(session: Session, plaza: Community, zoe: Member) -> None:
    item = rows.item(session, plaza, text="kept", author_hash="somebody else's mark")
    erase(session, zoe)
    assert item.text == "kept"


def test_news_that_was_delivered_still_counts(session: Session, plaza: Community, zoe: Member, sam: Member) -> None:
    item = rows.item(session, plaza, zoe)
    row = outbox.owe(session, "k", {"text": MARKER}, NOON, recipient_id=sam.id, feedback_id=item.id)
    assert row is not None
    deliveries.mark_sent(session, row.id, NOON)
    erase(session, zoe)
    assert sum(reporting.told(session, plaza.id, *WEEK).values()) == 1


def test_news_that_could_still_be_sent_again_goes_too(
    session: Session, plaza: Community, zoe: Member, sam: Member
) -> None:
    item = rows.item(session, plaza, zoe)
    for became in (deliveries.mark_exhausted, deliveries.mark_uncertain, deliveries.mark_unreachable):
        row = outbox.owe(session, f"{became}", {"text": MARKER}, NOON, recipient_id=sam.id, feedback_id=item.id)
        assert row is not None
        became(session, row.id, "network")
    erase(session, zoe)
    assert rows.dump(session)["outbox"] == []
    assert outbox.missed(session, sam.id, NOON) == []


def test_erased_questions_wait_for_no_answer(session: Session, plaza: Community, zoe: Member) -> None:
    live(session, plaza, zoe, MARKER)
    assert len(questions.unanswered(session, plaza.id, *WEEK)) == 1
    erase(session, zoe)
    assert questions.unanswered(session, plaza.id, *WEEK) == []
    assert periods.of_questions(session, plaza.id, WEEK) == [Count(1, 0)]


def test_a_person_with_nothing_is_erased_too_and_may_come_back_as_somebody_new(session: Session, zoe: Member) -> None:
    gone = zoe.id
    assert erase(session, zoe) == []
    assert session.get(Member, gone) is None
    assert rows.dump(session)["identity"] == []
    assert rows.person(session, MARKER).id
    assert len(rows.dump(session)["member"]) == 1


def test_what_waits_for_a_person_under_a_keyed_mark_goes_and_what_waits_for_others_stays(session: Session) -> None:
    for name in (MARKER, "Sam"):
        outbox.owe_answer(session, f"answer:{name}", {"text": name}, b"sealed", KEYS.holder("prompt", name), NOON)
        prompts.ask(session, KEYS.holder("prompt", name), "plaza", "suggest", {"area": name}, "text", NOON)
    zoe = person(session, MARKER)
    erase(session, zoe)
    found = rows.dump(session)
    assert (len(found["outbox"]), len(found["prompt"])) == (1, 1)
    assert MARKER not in str(found)


def test_held_buttons_are_found_by_page_and_only_those_of_one_person(session: Session) -> None:
    mine = sorted(rows.button(session, "sam") for _ in range(5))
    everybody = rows.button(session)
    first = buttons.holders(session, NOON, most=3)
    assert first == [(token, rows.mark("sam", token)) for token in mine[:3]]
    assert [token for token, _ in buttons.holders(session, NOON, after=first[-1][0])] == mine[3:]
    buttons.drop(session, mine[:4])
    assert [buttons.find(session, token) is not None for token in (*mine, everybody)] == [False] * 4 + [True, True]


def test_a_person_is_known_by_every_account(session: Session, zoe: Member, sam: Member) -> None:
    assert [one.platform for one in erasure.accounts(session, zoe.id)] == ["bare", "web"]
    assert {one.member_id for one in erasure.accounts(session, sam.id)} == {sam.id}


def test_erasing_somebody_unknown_changes_nothing(session: Session, plaza: Community, zoe: Member) -> None:
    live(session, plaza, zoe, MARKER)
    before = rows.dump(session)
    assert erasure.erase_person(session, 999, ["no mark"]) == []
    assert rows.dump(session) == before


def test_somebody_who_filed_very_much_is_erased_in_one_go(session: Session, plaza: Community, zoe: Member) -> None:
    at = NOON + timedelta(seconds=1)
    filed = {"community_id": plaza.id, "kind": Kind.SUGGESTION, "audience": Audience.EVERYONE}
    words = {"language": "en", "text": MARKER, "author_id": zoe.id, "created_at": at, "changed_at": at}
    table = table_of(Feedback)
    every = [{**filed, **words, "number": number} for number in range(1, 1201)]
    session.connection().execute(table.insert(), every)
    assert len(erase(session, zoe)) == 1200
    assert MARKER not in str(rows.dump(session)["feedback"])


def test_an_unread_event_and_an_archived_digest_are_told_apart_from_a_person_s_rows(
    session: Session, plaza: Community, zoe: Member
) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload="waits", received_at=NOON))
    digests.claim(session, plaza.id, "weekly", "2026-03-09", {"text": "many people"}, late=False, now=NOON)
    erase(session, zoe)
    assert "waits" in str(rows.dump(session)["inbox"])
    assert "many people" in str(rows.dump(session)["digest"])


def test_the_words_shown_at_privacy_are_those_of_every_personal_column() -> None:
    whats = {mark.what for _, _, mark in erasure.personal_columns()}
    assert {"the words of the feedback", "the sealed address an answer goes back to"} <= whats
