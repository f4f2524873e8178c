"""What happens on the page: people act, the core answers, and everybody sees what is theirs to see."""

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sqlmodel import Session

from adapters.web.personas import PLATFORM, Cast
from adapters.web.receive import Act
from adapters.web.timeline import Entry, Pane, Timeline
from bot.context import prompt_chat
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.adapter import Address, Handle, Unreachable
from bot.ports.inbound import Actor, Inbound
from bot.ports.reply import Reply
from storage import communities, digests, prompts
from storage.models import Community, Digest


@dataclass(frozen=True)
class Scene:
    """The people, the core behind them, and what was shown so far."""

    core: Core
    handle: Handle
    cast: Cast
    timeline: Timeline = field(default_factory=Timeline)

    async def act(self, act: Act) -> bool:
        """Hand the core what a person did, and show it with what the core answers, once per event.

        Returns:
            Whether the core had an answer to it, now or when it came first.
        """
        if not self.timeline.first(act.inbound.id):
            return True
        if act.aloud and await self._answers(act.inbound):
            # What is typed while one's question is open answers it, and is not for everyone's eyes.
            act = replace(act, inbound=replace(act.inbound, addressed=True), aloud=False)
        reply = await self.handle(act.inbound)
        actor = act.inbound.actor
        if act.line:
            reader = None if _heard_by_all(act, reply) else actor.id
            self.timeline.add(Entry(act.pane, act.inbound.at, reader, actor.id, actor.name, act.line))
        if reply is not None:
            reader = actor.id if reply.private else None
            self.timeline.add(Entry(act.pane, self.core.clock.now(), reader, reply=reply))
        return reply is not None

    async def _answers(self, inbound: Inbound) -> bool:
        """Whether the bot waits for this person's words in this pane."""
        keys, now = self.core.store.keys, self.core.clock.now()
        holder, chat = account_mark(keys, inbound.actor), prompt_chat(keys, inbound.chat)
        return await self.core.store.read(lambda session: prompts.pending(session, holder, chat, now)) is not None

    def deliver(self, address: Address, reply: Reply) -> None:
        """Show what the bot owed.

        Raises:
            Unreachable: nobody of that name is on the page.
        """
        pane, reader = self._destination(address)
        self.timeline.add(Entry(pane, self.core.clock.now(), reader, reply=reply), address.key)

    async def recall(self) -> None:
        """Show the digests posted before this start, so that a restart does not empty the staff's place."""
        for row in await self.core.store.read(_archive):
            reply = self.core.wire.load(row.payload)
            # The key of its delivery: one that was still owed when the bot stopped is shown once.
            key = f"digest:{row.community_id}:{row.name}:{row.period}"
            self.timeline.add(Entry(Pane.STAFF, row.posted_at, reply=reply), key)

    async def open_prompts(self, *prompt_ids: str) -> frozenset[str]:
        """Those of these questions that still wait for somebody on the page."""
        people = [*self.cast.visitors, self.cast.staff.id]
        holders = [account_mark(self.core.store.keys, Actor(PLATFORM, person, person)) for person in people]

        def job(session: Session) -> frozenset[str]:
            now = self.core.clock.now()
            waits = (one for one in prompt_ids if any(prompts.find(session, one, holder, now) for holder in holders))
            return frozenset(waits)

        return await self.core.store.read(job) if prompt_ids else frozenset()

    def zone(self, community: Community | None) -> ZoneInfo:
        """The zone of the page's clock."""
        return ZoneInfo(community.timezone if community else self.core.settings.timezone)

    def _destination(self, address: Address) -> tuple[Pane, str | None]:
        if address.private and self.cast.knows(address.id):
            return (Pane.STAFF if address.id == self.cast.staff.id else Pane.COMMUNITY), address.id
        if not address.private and address.id in set(Pane):
            return Pane(address.id), None
        raise Unreachable("nobody of that name is on the page")


def _heard_by_all(act: Act, reply: Reply | None) -> bool:
    """Plain talk is heard by everyone, save what turned out to answer a question the bot had put in private."""
    return act.aloud and (act.inbound.addressed or reply is None or not reply.private)


def _archive(session: Session) -> list[Digest]:
    community = communities.of_place(session, PLATFORM, Pane.STAFF.value)
    return digests.archive(session, community.id) if community else []
