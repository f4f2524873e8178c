"""News for people: sent at once, or held to be sent together with their other news, as each chose.

Only news of items that somebody wrote under their name, supports or follows is gathered. News of nameless items goes to
their sealed addresses, one by one: gathered, it would show that two of them are by one person.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.feedback.telling.occasions import AnyOccasion
from bot.locales.speech import Speech
from bot.ports.reply import Button
from storage.items.desk.decisions import UNSENT
from storage.traffic import news, outbox
from storage.vocabulary import News

HOUR = time(9)
"""The local hour at which news of a day or a week is sent."""
WEEK = 7


def owe(
    session: Session,
    ctx: AnyOccasion,
    key: str,
    payload: dict[str, Any],
    *,
    recipient_id: int | None,
    feedback_id: int,
    wait: timedelta = timedelta(),
) -> bool:
    """Queue news for a person, as often as they chose, or for the sealed address of an item.

    Args:
        key: the unique key of the delivery.
        payload: the encoded message.
        recipient_id: the member; None for the sealed address of the item.
        feedback_id: the item.
        wait: how long it waits at least.

    Returns:
        Whether it will be sent, which it is not to a person who wants no news.
    """
    held = None
    if recipient_id is not None:
        held = due(chosen(ctx, news.choice(session, recipient_id)), ctx.now + wait, ctx.zone)
    outbox.owe(
        session,
        key,
        payload,
        ctx.now,
        recipient_id=recipient_id,
        feedback_id=feedback_id,
        after=wait,
        held=held,
    )
    return held != UNSENT


def held_until(session: Session, ctx: AnyOccasion, member_ids: Collection[int]) -> Mapping[int, datetime]:
    """Until when news that may go now is held, by member id; those who want it at once are left out."""
    often = news.choices(session, list(member_ids))
    until = {one: due(chosen(ctx, often.get(one, "")), ctx.now, ctx.zone) for one in member_ids}
    return {one: at for one, at in until.items() if at is not None}


def chosen(ctx: AnyOccasion, stored: str) -> News:
    """How often a person wants news: what they chose, or the community's default if `stored` is empty."""
    return News(stored) if stored else ctx.own.telling.news


def due(often: News, soonest: datetime, zone: ZoneInfo) -> datetime | None:
    """Until when news is held; None when it is not.

    Args:
        often: how often the person wants news.
        soonest: when it may be sent at the earliest, such as once the decision cannot be undone any more.
        zone: the community's time zone, for days.
    """
    match often:
        case News.AT_ONCE:
            return None
        case News.SPACED:
            # Whether there was any news within a day is checked when it is due.
            return soonest
        case News.DAILY:
            return _next_nine(soonest, zone, lambda _: True)
        case News.WEEKLY:
            return _next_nine(soonest, zone, lambda day: day.weekday() == 0)
        case News.NEVER:
            return UNSENT


def will_be_told(speech: Speech, number: int) -> str:
    """The sentence on how many people will be told of something."""
    if not number:
        return speech.say("Nobody to tell.")
    return speech.count("{n} person will be told.", "{n} people will be told.", number)


def mute_button(speech: Speech, number: int, *, muted: bool = False) -> Button:
    """The button that mutes an item; for one that is muted, the button that undoes it."""
    on = {"number": str(number), "on": str(int(not muted))}
    if muted:
        return Button(speech.say("Tell me of #{number} again", number=number), "mute", on)
    return Button(speech.say("Mute #{number}", number=number), "mute", on)


def _next_nine(soonest: datetime, zone: ZoneInfo, fits: Any) -> datetime:
    local = soonest.astimezone(zone)
    days = (local.date() + timedelta(days=more) for more in range(WEEK + 2))
    moments = (datetime.combine(day, HOUR, zone) for day in days if fits(day))
    return next(moment for moment in moments if moment >= local).astimezone(soonest.tzinfo)
