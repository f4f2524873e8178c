"""A digest as JSON, for scripts, the same in every language; without names, and without text that may not be quoted."""

from typing import Any

from bot.features.digest.data import ALARMS_DAYS, DigestData, Topic, Window
from bot.recognition.contacts import mask
from bot.settings.community.digests import DigestSettings
from bot.signals.tally import Tally
from storage.items.desk.backlog import COUNTED
from storage.models import Feedback
from storage.vocabulary import Delivery

PEOPLE_OF_AREAS = "distinct named authors + distinct marks of nameless authors"
PEOPLE = "distinct named authors and askers + distinct marks of nameless ones"
"""A person who wrote with and without a name counts twice: see `storage.reports.reporting.total`."""


def figures(community: str, digest: DigestSettings, window: Window, data: DigestData) -> dict[str, Any]:
    """A digest's figures. Later versions only add keys; a missing value is null, its key is not left out.

    Returns:
        community, name, about (its areas; empty: everything), since and until (ISO 8601, until excluded), days;
        messages, people (distinct people who wrote to the team or asked the bot), new_voices (those of them who did
        so with their name for the first time), people_formula;
        kinds: for suggestion, problem, praise, and question in a digest of everything: count, people (at most so many:
        a message without an author counts as one here), low and high (the limits of the people; null before eight
        periods), periods (those of the baseline, at most twelve) and verdict: early, noise, few, signal or fewer;
        themes, at most three, those with most people first: label, trend (new, growing, steady or fading), people,
        people_before, low and high (the limits of its people and messages without an author; null while it is not
        known for eight periods), unsigned, items (their number), owner (the team that takes care of most; null: none
        or a person), since (the day of its first message in the span) and quotes, each with number and text;
        themes_drawn: read and total, where they were found in so many of all messages, drawn by chance; else null;
        permitted, the texts whose authors allow to quote them in public, in a digest for promotion alone;
        ready, how many people are ready to talk; praise, one that may be quoted, or null;
        unsigned, the messages without an author, which no person is counted for;
        areas, the five with most voices in the community's order: area (null: none), messages, people, people_before,
        unsigned, items; more_areas, the number of others; quiet_areas, the community's areas without messages;
        waiting (undecided items): total, since (the oldest's day), long and long_days (how many for more than so many
        days), counted_to (the largest exact total or long; one more stands for any larger number), and the first
        items, each with support and days;
        unanswered: questions, people and list, each with text, people and times;
        decisions: items, each with decision, the status it was moved to;
        told: the number of people to tell about outcomes, by state of delivery, such as sent;
        false_alarms: number, the alerts moderators said were none, in so many days;
        closed: a month, and how many of the items filed in it are closed (done), of the total.
        An item has number, kind, area, status and text, which is null where it could reveal a nameless author.
    """
    return {
        "community": community,
        "name": digest.name,
        "about": list(data.about),
        "since": window.since.isoformat(),
        "until": window.until.isoformat(),
        "days": data.days,
        "messages": data.total.messages,
        "people": data.total.people,
        "people_formula": PEOPLE if data.questions else PEOPLE_OF_AREAS,
        "new_voices": data.new_voices,
        "unsigned": data.unsigned,
        "kinds": _kinds(data),
        "themes": [_theme(topic) for topic in data.topics],
        "themes_drawn": data.drawn and dict(zip(("read", "total"), data.drawn, strict=True)),
        "areas": [
            {
                "area": part.area,
                "messages": part.count.messages,
                "people": part.count.people,
                "people_before": part.before,
                "unsigned": part.unsigned,
                "items": [_item(data, item) for item in part.quotes],
            }
            for part in data.areas
        ],
        "more_areas": data.more_areas,
        "quiet_areas": list(data.quiet),
        "waiting": {
            "total": data.waiting_total,
            "since": data.waiting_since.isoformat() if data.waiting_since else None,
            "long": data.waiting_long,
            "long_days": data.patience,
            "counted_to": COUNTED,
            "items": [_item(data, one.item) | {"support": one.support, "days": one.days} for one in data.waiting],
        },
        "unanswered": {
            "questions": len(data.unanswered),
            "people": data.askers,
            "list": [{"text": mask(one.text), "people": one.people, "times": one.times} for one in data.unanswered],
        },
        "permitted": [mask(item.text) for item in data.permitted],
        "ready": data.ready,
        "praise": {"number": data.praise.number, "text": mask(data.praise.text)} if data.praise else None,
        "decisions": [_item(data, change.item) | {"decision": change.status} for change in data.changes],
        "false_alarms": {"days": ALARMS_DAYS, "number": data.false_alarms},
        "told": {state.value: data.told.get(state, 0) for state in Delivery if state is not Delivery.HELD},
        "closed": {"month": f"{data.month:%Y-%m}", "done": data.closed[0], "total": data.closed[1]},
    }


def _kinds(data: DigestData) -> dict[str, Any]:
    tallies = {kind.value: tally for kind, tally in data.kinds.items()}
    if data.questions:
        tallies["question"] = data.questions
    return {name: _tally(data, tally) for name, tally in tallies.items()}


def _tally(data: DigestData, tally: Tally) -> dict[str, Any]:
    usual = tally.usual
    return {
        "count": tally.now.messages,
        "people": tally.people,
        "low": round(usual.low, 2) if usual else None,
        "high": round(usual.high, 2) if usual else None,
        "periods": data.periods_known,
        "verdict": tally.verdict.name.lower(),
    }


def _theme(topic: Topic) -> dict[str, Any]:
    theme = topic.theme
    return {
        "label": theme.label,
        "trend": theme.trend.value,
        "people": theme.people,
        "people_before": theme.people_before,
        "low": round(theme.usual.low, 2) if theme.usual else None,
        "high": round(theme.usual.high, 2) if theme.usual else None,
        "unsigned": theme.unsigned,
        "items": len(theme.items),
        "owner": topic.team or None,
        "since": topic.since.isoformat(),
        "quotes": [{"number": item.number, "text": mask(item.text)} for item in theme.quotes],
    }


def _item(data: DigestData, item: Feedback) -> dict[str, Any]:
    return {
        "number": item.number,
        "kind": item.kind.value,
        "area": item.area,
        "status": item.status.value,
        "text": mask(item.text) if data.may_quote(item) else None,
    }
