"""The settings of a community that hold feedback until a moderator publishes it."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.settings.values import Section


class Held(StrEnum):
    """Whose feedback is held."""

    NOBODY = "nobody"
    NEW = "new"
    """That of new members, and all without a name: who is new would help to guess who wrote it."""
    EVERYONE = "everyone"


def check_place(value: str) -> str:
    """Refuse what is not a platform and the id of a place on it."""
    platform, _, place = value.partition(":")
    if not platform.isalnum() or not place.strip():
        raise ValueError("must name a platform and a place, such as telegram:-1001234567890")
    return value


Place = Annotated[str, AfterValidator(check_place)]


class HoldSettings(Section):
    """Whose feedback for everyone waits for a moderator before other members see it: nobody, new or everyone."""

    suggestions: Held = Field(
        default=Held.NOBODY,
        description="whose suggestions wait: nobody, new (new members, and all without a name) or everyone",
    )
    problems: Held = Field(default=Held.NOBODY, description="whose problems wait; those for the team only never do")
    praise: Held = Field(default=Held.NOBODY, description="whose praise waits")
    new_days: int = Field(default=7, ge=0, description="for how many days with the bot a member is new")
    new_items: int = Field(default=3, ge=0, description="and until how many of theirs, with their name, are in view")
    places: dict[Place, Held] = Field(
        default={}, description="whose feedback of any kind waits in a single place, by platform and id"
    )
