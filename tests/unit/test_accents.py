"""The accent of a card tells the kind until the team takes an item up, then how it goes."""

import pytest

from bot.feedback.display.accents import accent
from bot.ports.reply import Accent
from storage.models import Feedback
from storage.vocabulary import Kind, Publication, Status


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (Kind.SUGGESTION, Status.RECEIVED, Accent.IDEA),
        (Kind.PROBLEM, Status.RECEIVED, Accent.PROBLEM),
        (Kind.PRAISE, Status.READ, Accent.PRAISE),
        (Kind.SUGGESTION, Status.PLANNED, Accent.UNDER_WAY),
        (Kind.PROBLEM, Status.HANDLED, Accent.UNDER_WAY),
        (Kind.SUGGESTION, Status.DONE, Accent.DONE),
        (Kind.PROBLEM, Status.RESOLVED, Accent.DONE),
        (Kind.SUGGESTION, Status.NOT_PLANNED, Accent.CLOSED),
        (Kind.SUGGESTION, Status.WITHDRAWN, Accent.CLOSED),
    ],
)
def test_a_card_tells_how_it_goes(kind: Kind, status: Status, expected: Accent) -> None:
    shown = Feedback(kind=kind, status=status, publication=Publication.SHOWN)
    assert accent(shown) is expected
    assert accent(Feedback(kind=kind, status=status, publication=Publication.REMOVED)) is Accent.CLOSED
