"""What several people say about one thing, filed at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.core import Core
from storage.people import communities
from tests.storage import rows

POINTS = (
    "The pick-up point was closed again",
    "Pick-up point closed on Saturday, I came for nothing",
    "My pick-up point closed before six",
    "Closed pick-up point, third time this month",
    "The pick-up point is closed for good and nobody said so",
    "Found the pick-up point closed at noon",
)
DARK = (
    "A dark mode for the evening please",
    "Dark mode would spare my eyes",
    "Please add dark mode to the site",
    "I wish there was a dark mode",
    "When does dark mode come",
)
RELAIS = (
    "Le point relais était fermé ce matin",
    "Point relais fermé samedi, déplacement pour rien",
    "Mon point relais fermé avant 18 h",
    "Encore un point relais fermé",
    "Le point relais est fermé depuis janvier",
)
NOISE = (
    "Who won the match",
    "My parcel smells of lavender",
    "Could the newsletter be shorter",
)


async def say(
    core: Core, texts: Sequence[str], at: datetime | None = None, who: str = "Person", **what: Any
) -> list[int]:
    """File texts, each by somebody else; returns their ids. With `author_hash`, each without a name."""

    def job(session: Session) -> list[int]:
        community = communities.every(session)[0]
        found = []
        for number, text in enumerate(texts):
            given = {"created_at": at or core.clock.now(), **what}
            if "author_hash" in given:
                given["author_hash"] = f"{given['author_hash']}{number}"
            named = not {"author_hash", "source"} & given.keys()
            if "source" in given:
                given["source"] = f"{given['source']}{number}"
            author = rows.person(session, f"{who} {number}") if named else None
            found.append(rows.item(session, community, author, text=text, **given).id)
        return found

    return await core.store.write(job)
