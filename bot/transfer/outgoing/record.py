"""What an export has of an item, a change and a file: the model that is written, read again and described in docs/."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from storage.vocabulary import Action, Audience, Kind, Naming, Publication, Status

LARGEST = 1_000_000_000
"""Numbers and counts are below it: a file cannot ask for more than a database takes."""
MOST_SUPPORTERS = 1_000_000

When = Annotated[
    str,
    Field(
        max_length=40,
        description="An instant with its offset (RFC 3339); of an item without a name, the day alone.",
        json_schema_extra={"anyOf": [{"format": "date-time"}, {"format": "date"}]},
    ),
]


class Part(BaseModel):
    """A part of an export: its fields are those written, and others are not read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FilePart(Part):
    """A file that came with an item."""

    name: str
    media_type: str
    size: NonNegativeInt = Field(alias="bytes", description="Its size as it was sent.")
    path: str | None = Field(
        None, description="Where it is among the exported files; null when a photo's place could not be taken out."
    )


class ChangePart(Part):
    """A change in an item's history, without who made it."""

    at: When
    action: Action
    before: str | None
    after: str | None
    note: str = Field(description="The reason that was given.")


class ItemPart(Part):
    """A suggestion, a problem or praise, as `portevoix export` writes it."""

    number: PositiveInt = Field(lt=LARGEST, description="Its public number in the community.")
    kind: Kind
    text: str = Field(description="Empty for what was withdrawn or taken from view.")
    area: str | None
    status: Status
    audience: Audience
    publication: Publication
    name: Naming = Field(description="Whether it has its author's name.")
    language: str | None = Field(max_length=35, description="Null where it would narrow down who wrote it.")
    author: str | None = Field(description="The author's display name; null without a name.")
    support: NonNegativeInt = Field(lt=LARGEST, description="All who support it, with what is joined to it.")
    base_support: NonNegativeInt | None = Field(None, lt=LARGEST, description="Counted elsewhere before an import.")
    supporters: NonNegativeInt = Field(0, le=MOST_SUPPORTERS, description="Counted here, for this item alone.")
    joined_to: PositiveInt | None = Field(None, lt=LARGEST, description="The number of the item it was joined to.")
    at: When
    changed_at: When
    community: str = Field(description="The community's key.")
    files: tuple[FilePart, ...] = ()
    details: dict[str, str] = Field({}, description="The answers to the community's own questions, by their keys.")
    history: tuple[ChangePart, ...] = Field((), description="What happened to it, the oldest first.")
