"""The job that searches the knowledge for the waiting questions again after each change of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.questions.waiting import waiting
from bot.features.questions.waiting.waiting import Match
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Reply, Strong
from bot.recurring import repeat, visit_each
from bot.troubles import Troubles
from storage.answers import knowledge
from storage.models import Community
from storage.people import communities
from storage.traffic import outbox, traces

MOST_ANSWERS = 5
"""The largest number of answers about which the team is asked at once."""
MOST_WORDINGS = 5
"""The largest number of questions shown for each."""


class Reconsideration:
    """The job that tells askers new answers that are certain, and asks the team about uncertain ones."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("waiting questions")
        self._seen: dict[int, int] = {}
        """By community, the version of the knowledge that was searched last."""

    async def run(self) -> None:
        """Look now and twice a minute, until cancelled."""
        await repeat(self.look, self._core.clock, "15,45")

    async def look(self) -> None:
        """Search again for the questions of each community whose knowledge changed; errors are logged."""
        await visit_each(self._core.store, self._troubles, self._reconsider)

    async def _reconsider(self, community: Community) -> None:
        if self._seen.get(community.id, 0) == community.knowledge_version:
            return
        found = await waiting.match(self._core, community.id)
        now = self._core.clock.now()

        def job(session: Session) -> None:
            waiting.tell(session, self._core, community, [one for one in found if one.sure], now)
            self._ask_team(session, community, [one for one in found if not one.sure], now)

        if found:
            await self._core.store.write(job)
            self._core.debts.notify()
        self._seen[community.id] = community.knowledge_version

    def _ask_team(self, session: Session, community: Community, unsure: Sequence[Match], now: datetime) -> None:
        place = communities.staff_place(session, community.id)
        if place is None or not unsure:
            return
        speech = self._core.speech(community)
        words = speech.say("Some waiting questions may have an answer now. Each goes out when it is confirmed.")
        reply = Reply((Paragraph(words), *groups(session, speech, unsure, now)))
        shown = with_tokens(session, self._core.store.keys, reply, None, now, community.id)
        # The key has the version, so that nothing is asked twice after a restart.
        key = f"may-be-answered:{community.id}:{community.knowledge_version}"
        row = outbox.owe(session, key, self._core.codec.dump(shown), now, place_id=place.id)
        if row is not None:
            traces.on_answer(session, row.id, community.id, (), [one.question_id for one in unsure], ())


def groups(session: Session, speech: Speech, unsure: Sequence[Match], now: datetime) -> Iterator[Block]:
    """The waiting questions grouped by the answer they may have, each group with a button that sends it.

    Args:
        now: when the team is shown them; the button sends nothing to people who ask later.
    """
    for answer_id, group in list(waiting.by_answer(unsure))[:MOST_ANSWERS]:
        known = knowledge.get(session, answer_id)
        if known is None:
            continue
        wordings = {excerpt(one.text, 120): one.question_id for one in reversed(group)}
        asked = dict(list(wordings.items())[::-1][:MOST_WORDINGS])
        yield Paragraph((Strong(count(speech, waiting.people(group))),))
        yield Bullets(tuple(asked))
        args = {"answer": str(answer_id), "until": str(int(now.timestamp()))}
        # By these ids, erasing an asker finds the message on its way, see `bot.privacy.traces`.
        args["question"] = ",".join(map(str, asked.values()))
        yield Buttons((Button(speech.say("Send: {answer}", answer=excerpt(known[1], 60)), "send_answer", args),))


def count(speech: Speech, people: int) -> str:
    """How many people asked the questions of a group."""
    return speech.count(
        "{n} person asked this or something like it:", "{n} people asked this or something like it:", people
    )
