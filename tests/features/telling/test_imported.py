"""Nobody who is known only from an import is counted as told."""

from datetime import date

from sqlmodel import Session

from storage.items import feedback
from storage.models import Feedback
from storage.people import communities, members
from storage.vocabulary import Audience, Kind
from tests.clock import WEDNESDAY
from tests.features.telling.conftest import Days
from tests.stage import BareStage, Person


def _import(session: Session) -> None:
    home = communities.every(session)[0]
    author = members.resolve(session, members.IMPORTED, "ines", "Ines", date(2026, 3, 1))
    feedback.add(
        session,
        Feedback(
            community_id=home.id,
            kind=Kind.SUGGESTION,
            audience=Audience.EVERYONE,
            language="en",
            text="Sunday opening",
            author_id=author.id,
            base_support=12,
            created_at=WEDNESDAY,
            changed_at=WEDNESDAY,
        ),
    )


async def test_an_imported_author_is_not_told(alex: Person, noor: Person, days: Days, stage: BareStage) -> None:
    await stage.core.store.write(_import)
    await alex.says("/queue 1 planned")
    alex.hears("#1 is now planned. Nobody to tell.")
    await alex.says("/askauthor 1 All day?")
    alex.hears("Nobody is known to have written #1.")
    await noor.says("/support 1")
    await days.go_by(hours=1)
    await alex.says("/queue 1 done")
    alex.hears("1 person will be told.")
