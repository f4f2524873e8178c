"""Does to the store what the sample's events tell, in one transaction, each event once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.core import Core
from bot.demo import traces
from bot.demo.deeds import Asked, Decided, Event, Filed, Joined
from bot.feedback.notices import delivery_key, outcome
from bot.knowledge.library import Finding
from bot.language.normalise import same_question
from storage import deliveries, feedback, members, outbox, questions, supports
from storage.models import Community, Feedback, History, Member, Question
from storage.vocabulary import DEFAULT_VISIBILITY, Decision, Status, Visibility


@dataclass(frozen=True, slots=True)
class Teller:
    """One transaction's worth of telling; who and what was met in it is kept at hand."""

    session: Session
    core: Core
    community: Community
    people: Mapping[str, str]
    findings: Mapping[str, Finding]
    _met: dict[str, Member] = field(default_factory=dict)
    _filed: dict[str, Feedback] = field(default_factory=dict)

    def tell(self, events: list[Event]) -> None:
        """Do what was not done before.

        Args:
            events: everything up to an instant, in order: what is later than the last one done is new.
        """
        told = traces.latest(self.session)
        for event in events:
            if told is None or event.at > told:
                self._do(event)

    def _do(self, event: Event) -> None:
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
        visibility = deed.visibility or DEFAULT_VISIBILITY[deed.kind]
        nameless = visibility is Visibility.NAMELESS
        item = Feedback(
            community_id=self.community.id,
            kind=deed.kind,
            area=deed.area,
            visibility=visibility,
            language=self.core.detector.detect(deed.text, self.people[deed.by]),
            text=deed.text,
            author_id=None if nameless else person.id,
            author_hash=self.core.store.keys.mark(self.community.id, person.id) if nameless else None,
            source=traces.source(deed.name),
            created_at=at,
            changed_at=at,
        )
        self._filed[deed.name] = feedback.add(self.session, item)

    def _join(self, deed: Joined, at: datetime) -> None:
        person, item = self._person(deed.by, at), self._item(deed.name)
        if item.status is Status.WITHDRAWN:
            return
        toggle = supports.toggle if deed.how == "support" else supports.toggle_follow
        toggle(self.session, item, person.id, at)

    def _decide(self, deed: Decided, name: str, at: datetime) -> None:
        """Decide, unless a visitor did since: theirs is the last word."""
        item, team = self._item(name), self._person(deed.by, at)
        decided = [entry.actor_id for entry in feedback.history(self.session, item.id) if entry.before]
        if not any(actor is None or self._visits(actor) for actor in decided):
            entry = feedback.change_status(self.session, item, deed.to, team.id, deed.why, at)
            self._tell_outcome(item, entry)

    def _tell_outcome(self, item: Feedback, entry: History) -> None:
        """The sample people hear at once; a visitor who is concerned hears through the outbox like anyone."""
        told: list[int | None] = [*supports.concerned(self.session, item)]
        for member_id in told + ([None] if item.visibility is Visibility.NAMELESS else []):
            payload = self._news(item, entry, member_id) if self._visits(member_id) else {}
            key = delivery_key(self.core.store.keys, entry, member_id)
            row = outbox.owe(self.session, key, payload, entry.at, recipient_id=member_id, feedback_id=item.id)
            if row and not payload:
                deliveries.sent(self.session, row.id, entry.at)

    def _visits(self, member_id: int | None) -> TypeGuard[int]:
        if member_id is None or any(member.id == member_id for member in self._met.values()):
            return False
        return not members.address(self.session, member_id, [traces.PLATFORM])

    def _news(self, item: Feedback, entry: History, member_id: int) -> dict[str, object]:
        wishes = members.languages(self.session, member_id)
        speech = self.core.languages.speech(*wishes, self.community.language)
        return self.core.wire.dump(outcome(speech, item, entry, own=member_id == item.author_id))

    def _ask(self, deed: Asked, event: Event) -> None:
        finding, person = self.findings[event.id], self._person(deed.by, event.at)
        answered = finding.decision is Decision.ANSWER
        question = Question(
            community_id=self.community.id,
            asker_id=person.id,
            text=deed.text,
            plain=same_question(deed.text),
            language=self.core.detector.detect(deed.text, self.people[deed.by]),
            decision=finding.decision,
            answer_id=finding.candidates[0].answer_id if answered else None,
            score=finding.score,
            asked_at=event.at,
        )
        questions.keep(self.session, question)

    def _person(self, name: str, at: datetime) -> Member:
        if name not in self._met:
            day = at.astimezone(ZoneInfo(self.community.timezone)).date()
            self._met[name] = members.resolve(self.session, traces.PLATFORM, name, name, day, self.people[name])
        return self._met[name]

    def _item(self, name: str) -> Feedback:
        found = self._filed.get(name) or feedback.by_source(self.session, traces.source(name))
        if found is None:
            raise LookupError(f"the story tells of {name} before it is filed")
        self._filed[name] = found
        return found
