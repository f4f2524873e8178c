"""Reads the items whose area is known, and those without one; stores the areas that were guessed."""

from collections.abc import Mapping

from sqlmodel import Session, col, select, update

from storage import conditions
from storage.models import Feedback
from storage.values import frozen

AMONG = 4


@frozen
class AreaText:
    """The text of an item, with its area.

    Attributes:
        area: the area that somebody chose; empty for none.
    """

    id: int
    text: str
    nameless: bool
    area: str = ""


def placed(session: Session, community_id: int, most: int) -> list[AreaText]:
    """The newest items in the team's view whose area was chosen, confirmed or corrected.

    Only the newest `AMONG` * `most` items are searched, so that a community with few areas is not read whole.
    """
    newest = select(Feedback.id).where(Feedback.community_id == community_id).order_by(col(Feedback.created_at).desc())
    known = (col(Feedback.area).is_not(None), col(Feedback.area_guessed).is_(False))
    query = select(Feedback.id, Feedback.text, col(Feedback.nameless), Feedback.area)
    among = query.where(col(Feedback.id).in_(newest.limit(AMONG * most)), *conditions.team_sees(), *known)
    rows = session.exec(among.order_by(col(Feedback.created_at).desc()).limit(most))
    return [AreaText(own, text, nameless, area or "") for own, text, nameless, area in rows]


def unplaced(session: Session, community_id: int, most: int) -> list[AreaText]:
    """The newest open items in the team's view without an area."""
    query = select(Feedback.id, Feedback.text, col(Feedback.nameless))
    lacking = (col(Feedback.area).is_(None), col(Feedback.closed_at).is_(None))
    here = query.where(Feedback.community_id == community_id, *conditions.team_sees(), *lacking)
    return [AreaText(*row) for row in session.exec(here.order_by(col(Feedback.created_at).desc()).limit(most))]


def guess(session: Session, found: Mapping[int, str]) -> None:
    """Store guessed areas by item id, marked as guesses; an area chosen meanwhile is kept."""
    for own, area in sorted(found.items()):
        lacking = (col(Feedback.id) == own, col(Feedback.area).is_(None))
        session.exec(update(Feedback).where(*lacking).values(area=area, area_guessed=True))
