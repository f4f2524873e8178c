"""The job that sends members' waiting questions to other members who are ready for them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.telling.subjects import subjects
from bot.feedback.audience.trusted import is_about_team
from bot.feedback.desk.blocks import is_blocked
from bot.feedback.telling.notices import still_here
from bot.feedback.telling.occasions import Occasion
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight
from bot.recognition.contacts import find_contacts
from bot.recurring import repeat, visit_each
from bot.troubles import Troubles
from storage.answers import proposals, questions
from storage.models import Community, Question, Referral
from storage.people import members, referrals
from storage.people.referrals import Subject
from storage.traffic import outbox, traces

PATIENCE = timedelta(minutes=10)
"""How long a question waits first, so that its asker may change it or take it back."""
OLDEST = timedelta(days=30)
AT_ONCE = 50
"""The largest number of questions of one community in a look."""
HELPERS = 3
"""The largest number of people to whom the same question is sent."""


class Referring:
    """The job that sends each question to a few people who agreed to be sent questions on its subject."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("questions of members")
        self._subjects: dict[tuple[int, int], Subject] = {}
        """The subjects of questions, by id and a hash of the words."""

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "50")

    async def look(self) -> None:
        """Send the waiting questions of each community; errors are logged."""
        await visit_each(self._core.store, self._troubles, self._refer)

    async def _refer(self, community: Community) -> None:
        core, now = self._core, self._core.clock.now()
        asked = await core.store.read(lambda session: _waiting(session, core, community, now))
        about = await self._about(community, asked)
        sent = False
        for one in asked:
            occasion, subject = Occasion(core, community, now), about[_mark(one)]
            # In a transaction each, so that other writes do not wait long.
            sent |= await core.store.write(lambda session: _send(session, occasion, one.id, subject))  # noqa: B023
        if sent:
            core.debts.notify()

    async def _about(self, community: Community, asked: Collection[Question]) -> dict[tuple[int, int], Subject]:
        """The subjects of these questions, computed once for the same words."""
        fresh = [one for one in asked if _mark(one) not in self._subjects]
        found = await subjects(self._core, community, fresh) if fresh else {}
        self._subjects |= {_mark(one): found[one.id] for one in fresh}
        return {_mark(one): self._subjects[_mark(one)] for one in asked}


def _mark(asked: Question) -> tuple[int, int]:
    return asked.id, hash(asked.text)


def _waiting(session: Session, core: Core, community: Community, now: datetime) -> list[Question]:
    """The questions that may be sent to other members; empty while nobody is ready for any."""
    if not referrals.any_willing(session, community.id, now):
        return []
    found = questions.shared(session, community.id, now - OLDEST, now - PATIENCE, AT_ONCE)
    return [one for one in found if _suits(core, community, one.text)]


def _suits(core: Core, community: Community, text: str) -> bool:
    """Whether a question may be sent to members: not about danger or the team, and without contact data."""
    return not (core.recogniser.danger(text) or is_about_team(core, community.id, text) or find_contacts(text))


def _send(session: Session, occasion: Occasion, question_id: int, subject: Subject) -> bool:
    """Queue a question for at most `HELPERS` people; returns whether it was queued for anybody."""
    asked = questions.hold_open(session, question_id)
    if asked is None or not asked.shared:
        return False
    same = questions.same_open(session, asked)
    ids = [one.id for one in same]
    before = referrals.sent(session, ids)
    if len(before) >= HELPERS or proposals.any_for(session, ids):
        return False
    others = before | {one.asker_id for one in same}
    ready = [
        one for one in referrals.willing(session, occasion.community.id, subject, occasion.now) if one not in others
    ]
    able = (one for one in still_here(session, occasion, ready) if not is_blocked(session, occasion, one))
    chosen = list(islice(able, HELPERS - len(before)))
    for member_id in chosen:
        _tell(session, occasion, asked, referrals.add(session, asked.id, member_id, occasion.now))
    return bool(chosen)


def _tell(session: Session, occasion: Occasion, asked: Question, made: Referral) -> None:
    """Queue a question for one person, with a trace by which it is erased with its asker."""
    core, home = occasion.core, occasion.community
    speech = core.speech(home, *members.languages(session, made.member_id))
    reply = with_tokens(session, core.store.keys, _question(speech, asked, made), None, occasion.now, home.id)
    row = outbox.owe(session, f"referred:{made.id}", core.codec.dump(reply), occasion.now, recipient_id=made.member_id)
    if row is not None:
        traces.on_answer(session, row.id, home.id, (), [asked.id], ())


def _question(speech: Speech, asked: Question, made: Referral) -> Reply:
    intro = Paragraph(speech.say("Somebody here asks, and there is no answer yet:"))
    terms = Paragraph(speech.say("Who asks is not shown. An answer goes to the team first."))
    own = {"referral": str(made.id)}
    answer = Button(speech.say("I know the answer"), "know", {"question": str(asked.id)}, weight=Weight.PRIMARY)
    later = Button(speech.say("Not now"), "not_now", own)
    stop = Button(speech.say("No more"), "not_now", {**own, "stop": "1"})
    return Reply((intro, Quote(asked.text), terms, Buttons((answer, later, stop))))
