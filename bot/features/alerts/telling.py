"""Writes the message of an alert from its items as they are now: what is unusual, since when, and what can be done."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.core import Core
from bot.features.alerts import lasting
from bot.feedback.audience.suppression import quotable
from bot.feedback.items import is_open
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.locales.words import IncidentAction
from bot.ports.reply import Accent, Block, Button, Buttons, Paragraph, Quote, Reply, Strong, Weight
from storage.items.desk import incidents
from storage.items.signals import alerts
from storage.items.signals.watched import Filed
from storage.items.support import groups
from storage.models import Alert, Feedback
from storage.people import members
from storage.people.situation import AnyCommunity
from storage.values import frozen
from storage.vocabulary import Alarm, Kind

MOST_TOLD = 40
"""The largest number of items that one press joins to a known issue."""


@frozen
class Told:
    """The message of an alert.

    Attributes:
        reply: its content; the buttons have no tokens yet.
        name: what the alert is about.
        quoted: the id of the item that it quotes, as `watched` numbers them; 0 for none.
    """

    reply: Reply
    name: str
    quoted: int = 0


def tell(session: Session, core: Core, community: AnyCommunity, alert: Alert, name: str) -> Told:
    """The message of an alert as it is now, in the community's language.

    Args:
        name: what it is about, as returned by `naming.name`.
    """
    speech, zone = core.languages.speech(community.language), ZoneInfo(community.timezone)
    shift = alert.alarm is Alarm.SHIFT
    if alert.dismissed_at is not None:
        said_so = lasting.dismissed(speech, alert) if shift else _dismissed(speech, alert, name)
        return Told(_reply(said_so), name)
    items = alerts.shown(session, alert.id)
    if alert.over_at is not None and shift:
        return Told(_reply(lasting.over(speech, zone, alert)), lasting.name_chart(speech, alert))
    if alert.over_at is not None:
        return Told(_reply(_over(session, speech, zone, alert, name, items)), name)
    said = alerts.words(session, alert.id)
    quoted = next((item for item in said if item.author_id is not None and quotable(item, alert.people)), None)
    blocks = (
        *(lasting.head if shift else _head)(speech, zone, alert, name),
        *((_quote(quoted),) if quoted else ()),
        *_owner(session, speech, alert),
        *_known(session, speech, items),
        Buttons(tuple(_buttons(session, speech, alert, items, asked=any(item.kind is None for item in said)))),
    )
    called = lasting.name_chart(speech, alert) if shift else name
    return Told(_reply(blocks), called, quoted.id if quoted else 0)


def _reply(blocks: Iterable[Block]) -> Reply:
    return Reply(tuple(blocks), private=False, accent=Accent.URGENT)


def _quote(item: Filed) -> Quote:
    """The words of an item; those of a question are shortened, as in the list of waiting questions."""
    return Quote(excerpt(item.text, 120)) if item.kind is None else Quote(item.text, f"#{item.number}")


def _head(speech: Speech, zone: ZoneInfo, alert: Alert, name: str) -> Iterator[Block]:
    updated = speech.say("updated {time}", time=speech.clock(alert.counted_at, zone))
    yield Paragraph((Strong(speech.say("Unusual: {name}", name=name)), f" ({updated})"))
    counts = speech.say(
        "{items}, {people} since {start}",
        items=_counted(speech, alert),
        people=_people(speech, alert.people),
        start=_since(speech, zone, alert.began_at, alert.counted_at),
    )
    yield Paragraph(speech.say("{counts}; {usual}.", counts=counts, usual=_usual(speech, alert)))


def _usual(speech: Speech, alert: Alert) -> str:
    if alert.usual_high is None:
        return speech.say("too early to tell how many are usual")
    if alert.usual_low == alert.usual_high:
        return speech.say("usually {n}", n=alert.usual_high)
    return speech.say("usually {low}-{high}", low=alert.usual_low, high=alert.usual_high)


def _over(
    session: Session, speech: Speech, zone: ZoneInfo, alert: Alert, name: str, items: Sequence[Feedback]
) -> Iterator[Block]:
    over_at = alert.over_at or alert.counted_at
    yield Paragraph((speech.say("Unusual: {name}", name=name),))
    said = speech.say(
        "{people}, {length}", people=_people(speech, alert.people), length=_length(over_at - alert.began_at)
    )
    ask = _tell_them(session, speech, items)
    question = f" {speech.say('Tell them?')}" if ask else ""
    over = speech.say("Over at {time}", time=speech.clock(over_at, zone))
    yield Paragraph((Strong(over), f" · {said}.{question}"))
    yield Paragraph(speech.say("Back to normal: {items} in all.", items=_counted(speech, alert)))
    yield from _owner(session, speech, alert)
    if ask:
        yield Buttons(ask)


def _dismissed(speech: Speech, alert: Alert, name: str) -> Iterator[Block]:
    yield Paragraph((Strong(speech.say("False alarm: {name}", name=name)), f" · {_people(speech, alert.people)}."))
    yield Paragraph(speech.say("Nothing more is said of it for a week."))


def _owner(session: Session, speech: Speech, alert: Alert) -> Iterator[Block]:
    if alert.owner_id is not None:
        name = members.names(session, {alert.owner_id}).get(alert.owner_id) or speech.say("somebody of the team")
        yield Paragraph(speech.line("On it: {name}.", name=Strong(name)))


def _known(session: Session, speech: Speech, items: Sequence[Feedback]) -> Iterator[Block]:
    found = _incident(session, items)
    if found is not None:
        yield Paragraph(speech.line("Known issue: people are told ({number}).", number=Strong(f"#{found.number}")))


def _buttons(
    session: Session, speech: Speech, alert: Alert, items: Sequence[Feedback], *, asked: bool
) -> Iterator[Button]:
    own = {"alert": str(alert.id)}
    if alert.owner_id is None:
        yield Button(speech.say("I'm on it"), "onit", own, weight=Weight.PRIMARY)
    if _incident(session, items) is None and (numbers := _numbers(items)):
        yield Button(speech.say("Known issue: tell people"), "incident", numbers)
    if asked:
        yield Button(speech.say("Questions"), "unanswered")
    yield Button(speech.say("False alarm"), "falsealarm", own)


def _tell_them(session: Session, speech: Speech, items: Sequence[Feedback]) -> tuple[Button, ...]:
    """The button to tell people that an alert is over; empty where there is nobody to tell."""
    label, found = speech.say("Tell them"), _incident(session, items)
    if found is not None:
        over = {"number": str(found.number), "action": IncidentAction.OVER.value}
        return (Button(label, "incident", over, weight=Weight.GOOD),)
    numbers = _numbers(items)
    return (Button(label, "incident", numbers, weight=Weight.GOOD),) if numbers else ()


def _incident(session: Session, items: Sequence[Feedback]) -> Feedback | None:
    """The open known issue among an alert's items and the items they are joined to; None when there is none."""
    for item in {one.id: one for one in (groups.target(session, item) for item in items[:MOST_TOLD])}.values():
        found = incidents.of_item(session, item.id)
        if found is not None and found.closed_at is None and is_open(item):
            return item
    return None


def _numbers(items: Sequence[Feedback]) -> dict[str, str]:
    """The arguments of the button that makes the open problems one known issue; empty when there are none."""
    open_ones = [item.number for item in items if item.kind is Kind.PROBLEM and is_open(item)][:MOST_TOLD]
    if not open_ones:
        return {}
    number, *others = map(str, open_ones)
    return {"number": number, **({"others": " ".join(others)} if others else {})}


def _counted(speech: Speech, alert: Alert) -> str:
    if alert.questions == alert.items:
        return speech.count("{n} question", "{n} questions", alert.items)
    match alert.kind:
        case Kind.PROBLEM:
            return speech.count("{n} problem", "{n} problems", alert.items)
        case Kind.SUGGESTION:
            return speech.count("{n} suggestion", "{n} suggestions", alert.items)
        case _:
            return speech.count("{n} message", "{n} messages", alert.items)


def _people(speech: Speech, number: int) -> str:
    return speech.count("{n} person", "{n} people", number)


def _since(speech: Speech, zone: ZoneInfo, began: datetime, now: datetime) -> str:
    """The time of day of `began`, with its day if it was not today."""
    day, time = began.astimezone(zone).date(), speech.clock(began, zone)
    return time if day == now.astimezone(zone).date() else f"{speech.day(day)}, {time}"


def _length(span: timedelta) -> str:
    hours, minutes = divmod(max(int(span.total_seconds() // 60), 1), 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes} min"
