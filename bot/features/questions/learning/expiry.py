"""The job that tells the team, once, which answers have passed their last day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.questions.learning import outdated
from bot.ports.reply import Block, Paragraph, Reply
from bot.recurring import repeat, visit_each
from bot.troubles import Troubles
from storage.models import Answer, Community
from storage.people import communities
from storage.traffic import outbox

HOUR = 9
"""The local hour from which the team is told, so that nobody is called at midnight."""
LATE = timedelta(days=7)
"""How long after an answer's last day the team is still told, as after a downtime."""


class Expiry:
    """The job that tells the team's place of each community which answers are now only offered."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("answers that are over")
        self._seen: dict[int, tuple[int, date]] = {}
        """By community, the version of the knowledge and the day that were dealt with."""

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "20")

    async def look(self) -> None:
        """Tell each community's team which answers have expired; errors are logged."""
        await visit_each(self._core.store, self._troubles, self._tell)

    async def _tell(self, community: Community) -> None:
        now = self._core.clock.now()
        here = now.astimezone(ZoneInfo(community.timezone))
        state = (community.knowledge_version, here.date())
        if here.hour < HOUR or self._seen.get(community.id) == state:
            return
        over = await self._core.store.read(lambda session: outdated.over(session, community.id, now))
        days = {answer.valid_until for answer, _ in over if answer.valid_until}
        due = sorted(day for day in days if day >= here.date() - LATE)
        if due:
            await self._core.store.write(lambda session: self._owe(session, community, over, due, now))
            self._core.debts.notify()
        self._seen[community.id] = state

    def _owe(
        self, session: Session, community: Community, over: list[tuple[Answer, str]], days: list[date], now: datetime
    ) -> None:
        place = communities.staff_place(session, community.id)
        if place is None:
            return
        for day in days:
            ended = [one for one in over if one[0].valid_until == day]
            reply = Reply(tuple(self._blocks(community, ended, now)))
            shown = with_tokens(session, self._core.store.keys, reply, None, now, community.id)
            # The key has the day, so that nothing is told twice after a restart.
            outbox.owe(
                session, f"answers-over:{community.id}:{day}", self._core.codec.dump(shown), now, place_id=place.id
            )

    def _blocks(self, community: Community, ended: list[tuple[Answer, str]], now: datetime) -> Iterator[Block]:
        speech = self._core.speech(community)
        words = speech.say("The last day of these answers is over: from now on they are only offered, with that day.")
        yield Paragraph(words)
        yield from outdated.listed(speech, ended, now.astimezone(ZoneInfo(community.timezone)).date())
