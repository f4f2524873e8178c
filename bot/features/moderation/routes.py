"""The command that sets an area's team: its name, where it reads, and in how many days it aims to answer."""

import re
from collections.abc import Mapping

from sqlmodel import Session

from bot.commands.registry import AreaName, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback.desk import routing
from bot.feedback.items import areas_of, known_area
from bot.language.text.normalise import fold
from bot.locales.words import OR, RouteUse, forms
from bot.ports.reply import Bullets, Button, Buttons, Line, Paragraph, Reply, Strong, Weight, say
from bot.settings.community.routes import RouteSettings
from storage.models import Place
from storage.people import routes

MOST_DAYS = 3650
LONGEST_TEAM = 60
_DAYS = re.compile(r"\d{1,4}")
CONFIGURED: Mapping[RouteUse, str] = {
    RouteUse.HERE: "staff",
    RouteUse.TEAM: "team",
    RouteUse.ANSWER: "answer_days",
    RouteUse.AT_ONCE: "at_once",
    RouteUse.DIGEST: "at_once",
}
"""The setting of the file that takes precedence over each thing that can be set in chat."""


async def route(
    ctx: Context,
    area: AreaName | None = None,
    use: RouteUse | None = None,
    text: ShortText | None = None,
    sure: Token | None = None,
) -> Reply:
    """Set which team takes care of an area, where it reads, and in how many days it aims to answer."""
    # sure: whether it was confirmed that nobody but the team reads along.
    if area is None:
        return await ctx.read(lambda session: _list(session, ctx))
    named, use, value = (area, use, text or "") if use else _read(ctx, area, text or "")
    known = known_area(ctx, named)
    if use is None:
        return await ctx.read(lambda session: _explain(session, ctx, known))
    _refuse_configured(ctx, known, use)
    if use is RouteUse.HERE and sure is None:
        return await ctx.show(_ask_whether_alone(ctx, known))

    def job(session: Session) -> Reply:
        _set(session, ctx, known, use, value)
        return say(_described(session, ctx, known))

    return await ctx.settle(job)


def _read(ctx: Context, typed: str, text: str) -> tuple[str, RouteUse | None, str]:
    """Parse a typed command, such as `Quality answer 5 days`, into the area, what is set, and the value."""
    words, areas = f"{typed} {text}".split(), areas_of(ctx.core, ctx.community)
    for end in range(len(words), 0, -1):
        if areas.find(" ".join(words[:end])):
            use, value = _read_use(ctx, words[end:])
            return " ".join(words[:end]), use, value
    return typed, None, ""


def _read_use(ctx: Context, words: list[str]) -> tuple[RouteUse | None, str]:
    """Parse what is set, and the value.

    Raises:
        UserError: the words begin with none of the things that can be set.
    """
    names = {
        fold(one): use
        for use in RouteUse
        for speech in ctx.core.understood(ctx.community).values()
        for form in forms(use)
        for one in speech.translate(form).split(OR)
    }
    for end in range(len(words), 0, -1):
        if use := names.get(fold(" ".join(words[:end]))):
            return use, " ".join(words[end:])
    if words:
        choices = OR.join(ctx.speech.word(choice) for choice in RouteUse)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=words[0][:40], choices=choices))
    return None, ""


def _refuse_configured(ctx: Context, area: str, use: RouteUse) -> None:
    """Raise `UserError` for what the settings file sets, which takes precedence over chat."""
    named = _configured(ctx, area)
    if named and use in CONFIGURED and getattr(named, CONFIGURED[use]) is not None:
        raise UserError(
            ctx.speech.say("The settings' file says this of {area}: it is changed there.", area=ctx.speech.area(area))
        )


def _configured(ctx: Context, area: str) -> RouteSettings | None:
    areas = areas_of(ctx.core, ctx.community)
    return next((one for one in ctx.own.routes if areas.find(one.area) == area), None)


def _ask_whether_alone(ctx: Context, area: str) -> Reply:
    """Ask whether only the team reads here, since items for the team only will be posted here."""
    if ctx.inbound.chat.private:
        raise UserError(ctx.speech.say("This works in the group or channel that is meant, not here."))
    words = ctx.speech.say(
        "What is about {area} will be shown here, also what is for the team only. Does nobody but the team read here?",
        area=ctx.speech.area(area),
    )
    args = {"area": area, "use": RouteUse.HERE.value, "sure": "1"}
    yes = Button(ctx.speech.say("Only the team reads here"), ctx.command.name, args, weight=Weight.PRIMARY)
    return Reply((Paragraph(words), Buttons((yes,))))


def _set(session: Session, ctx: Context, area: str, use: RouteUse, value: str) -> None:
    """Store a value.

    Raises:
        UserError: the value is not valid for what is set.
    """
    own = (session, ctx.community.id, area)
    match use:
        case RouteUse.HERE:
            routes.set_place(*own, _here(session, ctx).id)
        case RouteUse.TEAM:
            routes.set_team(*own, _team(ctx, value))
        case RouteUse.ANSWER:
            routes.set_answer_days(*own, _days(ctx, value))
        case RouteUse.AT_ONCE | RouteUse.DIGEST:
            routes.set_at_once(*own, use is RouteUse.AT_ONCE)
        case RouteUse.USUAL:
            routes.drop(*own)


def _here(session: Session, ctx: Context) -> Place:
    chat = ctx.inbound.chat
    if chat.private:
        raise UserError(ctx.speech.say("This works in the group or channel that is meant, not here."))
    place = routes.team_place(session, ctx.community.id, chat.platform, chat.id)
    if place is None:
        raise UserError(ctx.speech.say("This place belongs to another community."))
    return place


def _team(ctx: Context, value: str) -> str:
    name = " ".join(value.split())
    if not 0 < len(name) <= LONGEST_TEAM:
        raise UserError(
            ctx.speech.say(
                "A team's name is needed here, of at most {n} characters, such as: /route Quality team Quality desk",
                n=LONGEST_TEAM,
            )
        )
    return name


def _days(ctx: Context, value: str) -> int:
    found = _DAYS.search(value)
    days = int(found[0]) if found else 0
    if not 0 < days <= MOST_DAYS:
        raise UserError(ctx.speech.say("A number of days is needed here, such as: /route Quality answer 5 days"))
    return days


def _explain(session: Session, ctx: Context, area: str) -> Reply:
    """The reply that says how an area is taken care of, and how to change that."""
    examples = tuple(
        ctx.core.registry.command("route").link(ctx.speech.language, f"{ctx.speech.area(area)} {words}").text
        for words in (
            ctx.speech.word(RouteUse.HERE),
            ctx.speech.say("team Quality desk"),
            ctx.speech.say("answer 5 days"),
            ctx.speech.word(RouteUse.AT_ONCE),
            ctx.speech.word(RouteUse.DIGEST),
            ctx.speech.word(RouteUse.USUAL),
        )
    )
    change = Paragraph(ctx.speech.say("It is changed so:"))
    return Reply((Paragraph(_described(session, ctx, area)), change, Bullets(examples)))


def _list(session: Session, ctx: Context) -> Reply:
    speech = ctx.speech
    lines: tuple[Line, ...] = tuple(
        _described(session, ctx, area) for area in areas_of(ctx.core, ctx.community).offered
    )
    more = speech.say("/route with an area says how to change it.")
    return Reply((Paragraph((Strong(speech.say("Who takes care of what")),)), Bullets(lines), Paragraph(more)))


def _described(session: Session, ctx: Context, area: str) -> str:
    """A line on how an area is taken care of."""
    speech, own = ctx.speech, routing.of_area(session, ctx, area)
    team = own.team or ctx.own.team or speech.say("the team of {community}", community=ctx.community.name)
    days = own.answer_days
    answers = speech.count("answers within {n} day", "answers within {n} days", days) if days else ""
    posted = speech.word(RouteUse.AT_ONCE if own.at_once else RouteUse.DIGEST)
    parts = (speech.area(area), team, answers, _where(session, ctx, own), posted)
    return " · ".join(part for part in parts if part)


def _where(session: Session, ctx: Context, own: routing.Route) -> str:
    place = session.get(Place, own.place_id) if own.place_id is not None else None
    if place is None:
        return ctx.speech.say("reads in the staff place")
    chat = ctx.inbound.chat
    if (place.platform, place.external_id) == (chat.platform, chat.id):
        return ctx.speech.say("reads here")
    return ctx.speech.say("reads in a place of its own ({platform})", platform=place.platform.capitalize())
