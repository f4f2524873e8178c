"""Who takes care of an area: its team, where that reads, and in how many days it aims to answer.

The settings file takes precedence over what was set in chat, and that over the community's defaults.
"""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback.items import areas_of, chosen_area
from bot.feedback.telling.occasions import AnyOccasion
from bot.settings.community.routes import RouteSettings
from storage.items.feedback import AnyItem
from storage.models import Place
from storage.models import Route as Row
from storage.people import communities, routes
from storage.values import frozen
from storage.vocabulary import Audience, Kind


@frozen
class Route:
    """Who takes care of an area.

    Attributes:
        area: as it is stored with items; empty for no area, and for an area without a route.
        team: what its team is called; None where it has none of its own.
        answer_days: in how many days its team aims to answer; None for no such aim.
        place_id: where its team reads; None for the community's staff place.
        at_once: whether what is filed is posted there at once.
    """

    area: str = ""
    team: str | None = None
    answer_days: int | None = None
    place_id: int | None = None
    at_once: bool = False


def every(session: Session, ctx: AnyOccasion) -> dict[str, Route]:
    """The routes of a community, by area; an area that is missing has none of its own."""
    usual = ctx.own.answer_days
    found = {row.area: _stored(row, usual) for row in routes.of_community(session, ctx.community.id)}
    for named in ctx.own.routes:
        area = areas_of(ctx.core, ctx.community).find(named.area) or named.area
        found[area] = _configured(session, ctx, named, found.get(area, Route(area, answer_days=usual)))
    return found


def of_area(session: Session, ctx: AnyOccasion, area: str | None) -> Route:
    """The route of an area; one with the community's defaults if it has none of its own."""
    return (every(session, ctx) if area else {}).get(area or "", Route(answer_days=ctx.own.answer_days))


def place(session: Session, ctx: AnyOccasion, route: Route) -> int | None:
    """The id of the place where a route's team reads: its own, else the community's staff place; None for neither."""
    if route.place_id is not None:
        return route.place_id
    staff = communities.staff_place(session, ctx.community.id)
    return staff.id if staff else None


def who_reads(session: Session, ctx: Context, item: AnyItem) -> str:
    """A sentence on who reads an item, and by when they aim to answer; no date for praise and the trusted contacts."""
    if item.audience is Audience.TRUSTED:
        return ctx.speech.say("Read by: the trusted contacts of {community}.", community=ctx.community.name)
    route = of_area(session, ctx, chosen_area(item))
    team = route.team or ctx.own.team or ctx.speech.say("the team of {community}", community=ctx.community.name)
    if route.answer_days is None or item.kind is Kind.PRAISE:
        return ctx.speech.say("Read by: {team}.", team=team)
    due = item.created_at + timedelta(days=route.answer_days)
    day = ctx.speech.day(due.astimezone(ctx.zone).date())
    return ctx.speech.say("Read by: {team}, aiming to answer by {day}.", team=team, day=day)


def _stored(row: Row, usual: int | None) -> Route:
    return Route(row.area, row.team, row.answer_days or usual, row.place_id, at_once=bool(row.at_once))


def _configured(session: Session, ctx: AnyOccasion, named: RouteSettings, below: Route) -> Route:
    """The route of an area with what the settings file says in place of what was set in chat."""
    at_once = below.at_once if named.at_once is None else named.at_once
    days, team = named.answer_days or below.answer_days, named.team or below.team
    found = _place(session, ctx, named)
    return replace(below, team=team, answer_days=days, at_once=at_once, place_id=found.id if found else below.place_id)


def _place(session: Session, ctx: AnyOccasion, named: RouteSettings) -> Place | None:
    if named.staff is None:
        return None
    return routes.place_of(session, ctx.community.id, named.staff.platform, named.staff.place)
