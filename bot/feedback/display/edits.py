"""Shows that an item was edited, and how many of its supporters supported it before."""

from zlib import crc32
from zoneinfo import ZoneInfo

from bot.locales.speech import Speech
from storage.models import Feedback


def supporters(speech: Speech, total: int, earlier: int) -> str:
    """The number of an item's supporters in words.

    Args:
        total: their number.
        earlier: how many of them supported it before it was edited.
    """
    number = speech.count("{n} supporter", "{n} supporters", total)
    return speech.say("{supporters}, {n} before it was edited", supporters=number, n=earlier) if earlier else number


def edited(speech: Speech, zone: ZoneInfo, item: Feedback, total: int, earlier: int) -> tuple[tuple[str, str], ...]:
    """A field, as name and value, that says when an item was edited; empty if it was not. Arguments as above."""
    if item.edited_at is None:
        return ()
    day = speech.say("on {day}", day=speech.day(item.edited_at.astimezone(zone).date()))
    before = speech.say("supporters from before: {n} of {total}", n=earlier, total=total)
    return ((speech.say("Edited"), f"{day}; {before}" if earlier else day),)


def version(item: Feedback) -> int:
    """A 16-bit checksum (of CRC-32) of an item's words, by which a button finds whether they have changed since."""
    return crc32(item.text.encode()) & 0xFFFF
