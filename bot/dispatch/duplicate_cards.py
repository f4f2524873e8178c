"""Recognises a press on a duplicate card, as one posted just before the process ended, with its id not stored."""

from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.dispatch.situation import pressed
from bot.ports.inbound import Inbound
from storage.items import feedback
from storage.items.public import cards


async def is_on_duplicate_card(core: Core, inbound: Inbound) -> bool:
    """Whether the message whose button was pressed is a card, and the stored card of its item there is another one.

    Raises:
        StoreError: the database cannot be read.
    """
    if not (inbound.aloud and inbound.button and inbound.pressed):
        return False
    return await core.store.read(lambda session: _is_on_duplicate_card(session, core, inbound))


def _is_on_duplicate_card(session: Session, core: Core, inbound: Inbound) -> bool:
    # Buttons of cards are for everybody, those of other public messages for one person: no account finds only cards.
    button = pressed(session, replace(inbound, actor=replace(inbound.actor, id="")), core)
    number = button.args.get("number", "") if button and button.theirs else ""
    if button is None or button.community_id is None or not number.isdecimal():
        return False
    item = feedback.by_number(session, button.community_id, int(number))
    platform, place = inbound.chat.platform, inbound.chat.id
    return item is not None and cards.is_double(session, platform, place, item.id, inbound.pressed)
