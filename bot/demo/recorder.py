"""Writes the sample's events to the store."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TypeGuard
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import start_of_day
from bot.core import Core
from bot.demo import progress
from bot.demo.deeds import Asked, Decided, Event, Filed, Joined
from bot.feedback.telling.notices import delivery_key, outcome
from bot.knowledge.policy import SearchResult
from bot.language.text.normalise import question_key
from storage.answers import questions
from storage.items import feedback
from storage.items.support import supports
from storage.models import Community, Feedback, History, Member, Question
from storage.people import marks, members
from storage.traffic import deliveries, outbox
from storage.values import frozen
from storage.vocabulary import DEFAULT_AUDIENCE, Decision, Status


@frozen
class EventRecorder:
    """Writes events in one transaction.

    Attributes:
        people: by person of the sample, their language.
        results: by a question event's id, the search result for it.
    """

    session: Session
    core: Core
    community: Community
    people: Mapping[str, str]
    results: Mapping[str, SearchResult]
    _met: dict[str, Member] = field(default_factory=dict)
    _filed: dict[str, Feedback] = field(default_factory=dict)

    def record(self, events: list[Event]) -> None:
        """Write the events that are later than the last one in the store.

        Args:
            events: in order.
        """
        recorded = progress.latest(self.session)
        for event in events:
            if recorded is None or event.at > recorded:
                self._record(event)

    def _record(self, event: Event) -> None:
        match event.deed:
            case Filed():
                self._file(event.deed, event.at)
            case Joined():
                self._join(event.deed, event.at)
            case Decided():
                for name in event.deed.on:
                    self._decide(event.deed, name, event.at)
            case Asked():
                self._ask(event.deed, event)

    def _file(self, deed: Filed, at: datetime) -> None:
        person = self._person(deed.by, at)
        when = start_of_day(at, ZoneInfo(self.community.timezone)) if deed.nameless else at
        item = Feedback(
            community_id=self.community.id,
            kind=deed.kind,
            area=deed.area,
            audience=deed.audience or DEFAULT_AUDIENCE[deed.kind],
            nameless=deed.nameless,
            language=self.core.detector.detect(deed.text, self.people[deed.by]),
            text=deed.text,
            author_id=None if deed.nameless else person.id,
            author_hash=marks.mark(self.core.store.keys, self.community.id, person.id, at) if deed.nameless else None,
            source=progress.source(deed.name),
            created_at=when,
            changed_at=when,
        )
        self._filed[deed.name] = feedback.add(self.session, item)

    def _join(self, deed: Joined, at: datetime) -> None:
        person, item = self._person(deed.by, at), self._item(deed.name)
        if item.status is Status.WITHDRAWN:
            return
        toggle = supports.toggle if deed.how == "support" else supports.toggle_follow
        toggle(self.session, item, person.id, at)

    def _decide(self, deed: Decided, name: str, at: datetime) -> None:
        """Change an item's status, unless a visitor of the demo changed it before."""
        item, team = self._item(name), self._person(deed.by, at)
        decided = [entry.actor_id for entry in feedback.history(self.session, item.id) if entry.before]
        if not any(actor is None or self._is_visitor(actor) for actor in decided):
            entry = feedback.change_status(self.session, item, deed.to, team.id, deed.why, at)
            self._tell_outcome(item, entry)

    def _tell_outcome(self, item: Feedback, entry: History) -> None:
        """Queue the news for everyone concerned; the sample people's is marked as sent at once and has no words."""
        told: list[int | None] = [*supports.concerned(self.session, item)]
        for member_id in told + ([None] if item.nameless else []):
            payload = self._news(item, entry, member_id) if self._is_visitor(member_id) else {}
            key = delivery_key(self.core.store.keys, entry, member_id)
            row = outbox.owe(self.session, key, payload, entry.at, recipient_id=member_id, feedback_id=item.id)
            if row and not payload:
                deliveries.mark_sent(self.session, row.id, entry.at)

    def _is_visitor(self, member_id: int | None) -> TypeGuard[int]:
        """Whether a member is a visitor of the demo, not one of the sample people."""
        if member_id is None or any(member.id == member_id for member in self._met.values()):
            return False
        return not members.address(self.session, member_id, [progress.PLATFORM])

    def _news(self, item: Feedback, entry: History, member_id: int) -> dict[str, object]:
        wishes = members.languages(self.session, member_id)
        speech = self.core.speech(self.community, *wishes)
        return self.core.codec.dump(outcome(speech, item, entry, own=member_id == item.author_id))

    def _ask(self, deed: Asked, event: Event) -> None:
        result, person = self.results[event.id], self._person(deed.by, event.at)
        answered = result.decision is Decision.ANSWER
        question = Question(
            community_id=self.community.id,
            asker_id=person.id,
            text=deed.text,
            plain=question_key(deed.text),
            language=self.core.detector.detect(deed.text, self.people[deed.by]),
            decision=result.decision,
            answer_id=result.candidates[0].answer_id if answered else None,
            score=result.score,
            asked_at=event.at,
        )
        questions.keep(self.session, question)

    def _person(self, name: str, at: datetime) -> Member:
        if name not in self._met:
            day = at.astimezone(ZoneInfo(self.community.timezone)).date()
            self._met[name] = members.resolve(self.session, progress.PLATFORM, name, name, day, self.people[name])
        return self._met[name]

    def _item(self, name: str) -> Feedback:
        found = self._filed.get(name) or feedback.by_source(self.session, progress.source(name))
        if found is None:
            raise LookupError(f"the story tells of {name} before it is filed")
        self._filed[name] = found
        return found
