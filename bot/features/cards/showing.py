"""Posts, edits or removes the cards of one place, one at a time, and stores the result of each."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.core import Core
from bot.features.cards.face import digest, make_face
from bot.features.cards.looks import look_of
from bot.features.cards.reporting import (
    report_deleted,
    report_mended,
    report_stray,
    report_trouble,
)
from bot.ports.adapter import Board, Offline, TryLater, Uncertain, Unfit, Unreachable, Vanished
from bot.ports.card import Face
from storage.engine.loading import by_id
from storage.items.public import cards
from storage.models import Card, Community, Feedback, Place
from storage.values import frozen

SPACING = timedelta(seconds=5)
"""The least time between two edits of one card."""
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=10), timedelta(minutes=10)
"""The wait after a failure, which doubles with each failure in a row up to the longest."""
OFFLINE_RETRY = timedelta(seconds=5)


@frozen
class Draft:
    """A card to be brought up to date.

    Attributes:
        card: its row, as it was when the face was made.
        number: the number of its item.
        face: what it is to show; None when it is to be removed.
        shown: a digest of the face; empty without one.
    """

    card: Card
    number: int
    face: Face | None
    shown: str


@frozen
class Wait:
    """A wait for all cards of a place.

    Attributes:
        time: its length.
        card: the card that failed, if any; the wait ends when that is no longer marked as failed.
    """

    time: timedelta
    card: int | None = None


@frozen
class Showing:
    """Shows cards in one place."""

    core: Core
    board: Board
    place: Place
    community: Community

    async def show(self, due: Card) -> Wait | None:
        """Bring one card up to date.

        Returns:
            The wait for all cards of the place; None when the next one can be shown.
        """
        draft = await self.core.store.read(lambda session: self._draft(session, due.id))
        if draft is None:
            return None
        try:
            message = await self._bring_about(draft)
        except Vanished as gone:
            await self.core.store.write(lambda session: cards.lose(session, due.id))
            if not isinstance(gone, Unfit):
                await report_deleted(self.core, self.community, self.place, draft.number)
            return None
        except Unreachable as refusal:
            await report_trouble(self.core, self.community, self.place, str(refusal))
            return await self._wait(draft.card)
        except Offline as error:
            return Wait(OFFLINE_RETRY if error.seconds is None else timedelta(seconds=error.seconds))
        except TryLater as error:
            if error.alone:
                await self._put_off(draft.card, error.seconds)
                return None
            return await self._wait(draft.card) if error.seconds is None else Wait(timedelta(seconds=error.seconds))
        except Uncertain:
            await self._put_off(draft.card)
            return None
        except Exception:
            await self._put_off(draft.card)
            raise
        await self._note(draft, message)
        return None

    def _draft(self, session: Session, card_id: int) -> Draft | None:
        """The draft of a card; None when its row is gone meanwhile."""
        # The revision is read first: a change after it makes the card due again.
        card = cards.get(session, card_id)
        item = by_id(session, Feedback, card.feedback_id) if card else None
        if card is None or item is None:
            return None
        theirs = self.place.ideas_since is not None and item.community_id == self.place.community_id
        face = make_face(session, self.core, self.community, item) if theirs else None
        return Draft(card, item.number, face, look_of(self.core) + digest(self.core, face) if face else "")

    async def _bring_about(self, draft: Draft) -> str:
        """Post, edit or remove a card as its draft says; return the id of its message, empty for none.

        Raises:
            Unreachable, TryLater, Uncertain: as the functions of `Board` say.
        """
        card, place = draft.card, self.place.external_id
        if draft.face is None:
            if card.message:
                await self.board.remove(place, card.message)
            elif card.attempt and not await self.board.retract(place, card.attempt, draft.number):
                await report_stray(self.core, self.community, self.place, draft.number)
            return ""
        if draft.shown == card.shown:
            return card.message
        made = draft.face
        key, face = await self.core.store.write(lambda session: self._prepare(session, card, made))
        if card.message:
            await self.board.edit(place, card.message, face)
            return card.message
        return await self.board.post(place, key, face)

    def _prepare(self, session: Session, card: Card, face: Face) -> tuple[str, Face]:
        """Give the buttons their tokens, and store the key of the attempt for a card that is not posted yet."""
        now, keys = self.core.clock.now(), self.core.store.keys
        reply = with_tokens(session, keys, face.reply, None, now, self.community.id)
        key = "" if card.message else cards.begin(session, card.id, f"card:{card.id}:{card.revision}")
        return key, replace(face, reply=reply)

    async def _note(self, draft: Draft, message: str) -> None:
        card, same = draft.card, draft.shown == draft.card.shown
        next_at = card.next_at if same else self.core.clock.now() + SPACING
        await self.core.store.write(
            lambda session: cards.show(session, card.id, message, draft.shown, card.revision, next_at)
        )
        if self.place.trouble:
            await report_mended(self.core, self.community, self.place)

    async def _wait(self, card: Card) -> Wait:
        """Mark a card as failed; return the wait for all cards of the place, which grows with its failures in a row."""
        await self.core.store.write(lambda session: cards.put_off(session, card.id))
        return Wait(_backoff(card), card.id)

    async def _put_off(self, card: Card, seconds: float | None = None) -> None:
        """Put off this card alone, by `seconds` or else by a wait that grows with its failures in a row."""
        wait = _backoff(card) if seconds is None else timedelta(seconds=seconds)
        until = self.core.clock.now() + wait
        await self.core.store.write(lambda session: cards.put_off(session, card.id, until))


def _backoff(card: Card) -> timedelta:
    return min(FIRST_RETRY * float(2 ** min(card.failures, 12)), LONGEST_RETRY)
