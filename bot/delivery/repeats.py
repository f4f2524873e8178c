"""Marks repeated messages, whose first delivery may have succeeded."""

from dataclasses import replace

from sqlmodel import Session

from bot.core import Core
from bot.delivery.parcel import Parcel
from bot.locales.speech import Speech
from bot.ports.reply import Paragraph, Reply
from storage.people import communities, members


async def mark_repeat(core: Core, parcel: Parcel, reply: Reply) -> Reply:
    """The reply; one that may have arrived before begins with a line that says so, in the reader's language.

    Raises:
        StoreError: the reader's language cannot be read.
    """
    if not reply.repeated:
        return reply
    speech = await core.store.read(lambda session: _speech(session, core, parcel))
    words = Paragraph(speech.say("Perhaps for the second time:"))
    return replace(reply, blocks=(words, *reply.blocks))


def _speech(session: Session, core: Core, parcel: Parcel) -> Speech:
    """The language of the person whose chat it goes to, else of the place's community."""
    platform, chat = parcel.platform, parcel.address.id
    member_id = members.id_of(session, platform, chat)
    if member_id is not None:
        return core.languages.speech(*members.languages(session, member_id))
    community = communities.of_place(session, platform, chat)
    return core.languages.speech(community.language if community else None)
