"""Connects the page with the core: passes events on, and shows answers to the people who may see them."""

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sqlmodel import Session

from adapters.web.board import Board
from adapters.web.personas import PLATFORM, Cast
from adapters.web.receive import Act
from adapters.web.timeline import Entry, Pane, Timeline
from bot.core import Core
from bot.delivery.envelope import account_mark, prompt_chat
from bot.ports.adapter import Address, Handle, Unreachable
from bot.ports.inbound import Actor, Inbound
from bot.ports.reply import Reply
from storage.models import Community, Digest
from storage.people import communities
from storage.reports import digests
from storage.traffic import prompts


@dataclass(frozen=True)
class Scene:
    """The people on the page, the core, and the entries shown."""

    core: Core
    handle: Handle
    cast: Cast
    timeline: Timeline = field(default_factory=Timeline)
    board: Board = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "board", Board(self.timeline))

    async def act(self, act: Act) -> Reply | None:
        """Pass an event to the core, and show it with the answer, once per event.

        Returns:
            The core's answer; an empty one for a duplicate event.
        """
        if not self.timeline.claim(act.inbound.id):
            return Reply(())
        if self.board.has(act.inbound.pressed):
            act = replace(act, inbound=replace(act.inbound, aloud=True))
        if act.aloud and await self._answers(act.inbound):
            # Text typed while a prompt is open answers it, and is shown to this person only.
            act = replace(act, inbound=replace(act.inbound, addressed=True), aloud=False)
        reply = await self.handle(act.inbound)
        actor = act.inbound.actor
        if act.line:
            reader = None if _heard_by_all(act, reply) else actor.id
            self.timeline.add(Entry(act.pane, act.inbound.at, reader, actor.id, actor.name, act.line))
        if reply is not None:
            self._show(act, Entry(act.pane, self.core.clock.now(), actor.id if reply.private else None, reply=reply))
        return reply

    def _show(self, act: Act, entry: Entry) -> None:
        """Show an answer: in the entry whose button was pressed if the reply says so, else as the last entry."""
        in_place = entry.reply is not None and entry.reply.edits
        if not (in_place and self.timeline.change(act.inbound.pressed, entry)):
            self.timeline.add(entry)

    async def _answers(self, inbound: Inbound) -> bool:
        """Whether a prompt is open for this person in this pane."""
        keys, now = self.core.store.keys, self.core.clock.now()
        holder, chat = account_mark(keys, inbound.actor), prompt_chat(keys, inbound.chat)
        return await self.core.store.read(lambda session: prompts.pending(session, holder, chat, now)) is not None

    def deliver(self, address: Address, reply: Reply) -> None:
        """Show a delivery, once per key.

        Raises:
            Unreachable: the page has no such place or person.
        """
        pane, reader = self._destination(address)
        self.timeline.add(Entry(pane, self.core.clock.now(), reader, reply=reply), address.key)

    async def restore_digests(self) -> None:
        """Show the digests of earlier runs, so that the staff's pane is not empty after a restart."""
        for row in await self.core.store.read(_archive):
            reply = self.core.codec.load(row.payload)
            # By the delivery's key, so that a digest still in the outbox is not shown twice.
            key = f"digest:{row.community_id}:{row.name}:{row.period}"
            self.timeline.add(Entry(Pane.STAFF, row.posted_at, reply=reply), key)

    async def open_prompts(self, *prompt_ids: str) -> frozenset[str]:
        """The ids among these of prompts that are still open."""
        people = [*self.cast.visitors, self.cast.staff.id]
        holders = [account_mark(self.core.store.keys, Actor(PLATFORM, person, person)) for person in people]

        def job(session: Session) -> frozenset[str]:
            now = self.core.clock.now()
            waits = (one for one in prompt_ids if any(prompts.find(session, one, holder, now) for holder in holders))
            return frozenset(waits)

        return await self.core.store.read(job) if prompt_ids else frozenset()

    def zone(self, community: Community | None) -> ZoneInfo:
        """The time zone of the page's clock."""
        return ZoneInfo(community.timezone if community else self.core.settings.timezone)

    def _destination(self, address: Address) -> tuple[Pane, str | None]:
        if address.private and self.cast.knows(address.id):
            return (Pane.STAFF if address.id == self.cast.staff.id else Pane.COMMUNITY), address.id
        if not address.private and address.id in set(Pane):
            return Pane(address.id), None
        raise Unreachable("nobody of that name is on the page")


def _heard_by_all(act: Act, reply: Reply | None) -> bool:
    """Whether everyone sees an entry: text that is no command, unless it answered a private prompt."""
    return act.aloud and (act.inbound.addressed or reply is None or not reply.private)


def _archive(session: Session) -> list[Digest]:
    community = communities.of_place(session, PLATFORM, Pane.STAFF.value)
    return digests.archive(session, community.id) if community else []
