"""The accent of a card tells the kind until the team takes an item up, then how it goes."""

from bot.feedback.display.accents import accent
from bot.ports.reply import Accent
from storage.models import Feedback
from storage.vocabulary import Kind, Publication, Status


def test_a_card_tells_how_it_goes() -> None:
    cases: list[tuple[Kind, Status, Accent]] = [
        (Kind.SUGGESTION, Status.RECEIVED, Accent.IDEA),
        (Kind.PROBLEM, Status.RECEIVED, Accent.PROBLEM),
        (Kind.PRAISE, Status.READ, Accent.PRAISE),
        (Kind.SUGGESTION, Status.PLANNED, Accent.UNDER_WAY),
        (Kind.PROBLEM, Status.HANDLED, Accent.UNDER_WAY),
        (Kind.SUGGESTION, Status.DONE, Accent.DONE),
        (Kind.PROBLEM, Status.RESOLVED, Accent.DONE),
        (Kind.SUGGESTION, Status.NOT_PLANNED, Accent.CLOSED),
        (Kind.SUGGESTION, Status.WITHDRAWN, Accent.CLOSED),
    ]
    for kind, status, expected in cases:
        shown = Feedback(kind=kind, status=status, publication=Publication.SHOWN)
        assert accent(shown) is expected, (kind, status)
        assert accent(Feedback(kind=kind, status=status, publication=Publication.REMOVED)) is Accent.CLOSED, (
            kind,
            status,
        )
