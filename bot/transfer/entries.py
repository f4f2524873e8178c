"""Reads a community's answers from the store as entries for an export."""

from collections.abc import Collection, Iterator

from sqlmodel import Session

from storage.answers import knowledge
from storage.answers.knowledge import Entry


def list_entries(
    session: Session, community_id: int, without: Collection[tuple[int, str]] = frozenset()
) -> Iterator[Entry]:
    """A community's answers with their phrasings; those without a phrasing are left out.

    Args:
        without: phrasings to leave out, each with its answer's id, unless the answer has no others.
    """
    asked: dict[int, list[str]] = {}
    for answer_id, text in knowledge.phrasings(session, community_id):
        asked.setdefault(answer_id, []).append(text)
    for answer in knowledge.answers(session, community_id):
        if answer.id in asked:
            own = asked[answer.id]
            phrasings = [text for text in own if (answer.id, text) not in without] or own
            yield Entry(
                answer.external_id,
                tuple(phrasings),
                answer.text,
                answer.language,
                answer.origin,
                answer.address,
                answer.valid_until,
                tuple(filter(None, answer.tags.split("\n"))),
                answer.written_on,
            )
