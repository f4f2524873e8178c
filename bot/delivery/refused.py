"""Retries what could not be delivered: to places that refused the bot, and to people who had blocked it."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from bot.core import Core
from storage.items.public import cards
from storage.models import Outbox
from storage.people import communities, members
from storage.traffic import outbox

MayWrite = Callable[[str], bool]
"""Whether the bot may write in the place with this id of the platform's."""


async def post_refused(core: Core, platform: str, may_write: MayWrite) -> int:
    """Make due the messages that places of a platform refused before, such as a digest; return their number.

    Args:
        may_write: called for each place of the platform; the messages to the others go on waiting.

    Raises:
        StoreError: the outbox cannot be read or written.
    """
    await retry_cards(core, platform, may_write)

    def find(session: Session) -> Sequence[Outbox]:
        here = [place.id for place in communities.places(session, platform) if may_write(place.external_id)]
        return outbox.refused(session, here, core.clock.now()) if here else ()

    return await _make_due(core, find)


async def retry_cards(core: Core, platform: str, may_write: MayWrite) -> None:
    """Make due the cards that places of a platform refused before.

    Args:
        may_write: called for each place that refused one.

    Raises:
        StoreError: the cards cannot be read or written.
    """

    def find(session: Session) -> Sequence[int]:
        refusing = [place for place in cards.boards(session) if place.trouble and place.platform == platform]
        return [place.id for place in refusing if may_write(place.external_id)]

    if found := await core.store.read(find):
        await core.store.write(lambda session: cards.retry(session, found))


async def bring_missed(core: Core, platform: str, account: str) -> int:
    """Make due the messages that could not reach an account, which can be written to now; return their number.

    Raises:
        StoreError: the outbox cannot be read or written.
    """

    def find(session: Session) -> Sequence[Outbox]:
        member = members.id_of(session, platform, account)
        return outbox.missed(session, member, core.clock.now()) if member is not None else ()

    return await _make_due(core, find)


async def _make_due(core: Core, find: Callable[[Session], Sequence[Outbox]]) -> int:
    def resend(session: Session) -> int:
        found = find(session)
        outbox.resend(session, found, core.clock.now())
        return len(found)

    # Mostly there is nothing, and reading does not wait for the writer.
    if not await core.store.read(find):
        return 0
    number = await core.store.write(resend)
    core.debts.notify()
    return number
