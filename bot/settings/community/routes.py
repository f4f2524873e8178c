"""The settings of a community's areas: who takes care of each, where, and in how many days; and what is severe."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from bot.settings.values import Section, StaffPlace


class RouteSettings(Section):
    """An area: where its team reads, what that is called, and in how many days it aims to answer."""

    area: str = Field(description="the area, as in `areas`; without those, one of the five impacts")
    staff: StaffPlace | None = Field(
        default=None, description="where its team reads; default: as set with /route, else the community's staff place"
    )
    team: str | None = Field(
        default=None, description="what receipts call its team, which owns what is filed; default: as set with /route"
    )
    answer_days: int | None = Field(
        default=None,
        ge=1,
        le=3650,
        description="days within which it aims to answer; default: as set with /route, else the community's",
    )
    at_once: bool | None = Field(
        default=None, description="true: everything with a name is posted there at once; default: with the digest"
    )


class SeveritySettings(Section):
    """What makes a problem severe, beside a moderator's press: it is posted to staff at once, and leads the queue."""

    words: bool = Field(default=True, description="whether words such as `outage` do, in bot/recognition/tables")
    people: int = Field(default=5, ge=0, description="how many people have to join or support it; 0 for never")
    hours: int = Field(default=24, ge=1, le=720, description="and within how many hours")


def check_routes(value: tuple[RouteSettings, ...], info: ValidationInfo) -> tuple[RouteSettings, ...]:
    """Refuse an area the community does not have, and one that is given twice."""
    areas = [str(area) for area in info.data.get("areas", ())]
    named = [route.area.casefold() for route in value]
    for route in value:
        if areas and route.area.casefold() not in {area.casefold() for area in areas}:
            raise ValueError(f"has no area {route.area}: there is {', '.join(areas)}")
        if named.count(route.area.casefold()) > 1:
            raise ValueError(f"has {route.area} twice: one table for each area is enough")
    return value


Routes = Annotated[tuple[RouteSettings, ...], AfterValidator(check_routes)]
