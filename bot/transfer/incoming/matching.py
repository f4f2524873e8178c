"""Finds the ideas of a file that are in the store: by their marks, by marks of earlier versions, or as own items."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from bot.transfer.incoming.grouping import Idea
from bot.transfer.incoming.identity import Identities, same_words
from bot.transfer.incoming.likeness import alike
from storage.items.importing import revising
from storage.items.importing.revising import Held
from storage.values import frozen


@frozen
class Matched:
    """An idea of a file with its item in the store.

    Attributes:
        mark: the mark under which it is or will be stored.
        held: its item, if that was imported; else None.
        known: whether its item was filed here.
    """

    idea: Idea
    mark: str
    held: Held | None = None
    known: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is to be filed; further rows of an idea never are."""
        return self.held is None and not self.known and self.idea.first


def match(session: Session, identities: Identities, ideas: Sequence[Idea], *, exported: bool = False) -> list[Matched]:
    """Match ideas with items in the store.

    Args:
        exported: whether they are from our own export, whose ids are the items' numbers.
    """
    others = {idea.mark: identities.mark(idea.row, by_words=True) for idea in ideas if idea.row.id}
    held = _held(session, identities, [idea for idea in ideas if not (identities.new and idea.first)], others)
    here = _numbered(session, identities, ideas) if exported else set[str]()
    found = [_one(identities, idea, others, held, here) for idea in ideas]
    return list(_of_earlier_versions(session, identities, found))


def _held(session: Session, identities: Identities, ideas: Sequence[Idea], others: dict[str, str]) -> dict[str, Held]:
    """The items with any mark of these ideas."""
    marks = [*(idea.mark for idea in ideas), *(others[idea.mark] for idea in ideas if idea.mark in others)]
    sources = [source for mark in marks for source in identities.sources(mark)]
    return revising.held(session, [*sources, *(former for idea in ideas for former in idea.former)])


def _one(identities: Identities, idea: Idea, others: dict[str, str], held: dict[str, Held], here: set[str]) -> Matched:
    if idea.mark in here:
        return Matched(idea, idea.mark, known=True)
    own = _first(held, identities.sources(idea.mark))
    if own and idea.row.id and own.text and not alike(own.text, idea.row.text):
        # Another idea had this id before: the file is of another tool, or its numbering began anew.
        other = others[idea.mark]
        return Matched(idea, other, _first(held, identities.sources(other)))
    return Matched(idea, idea.mark, own or _first(held, idea.former))


def _of_earlier_versions(session: Session, identities: Identities, found: Iterable[Matched]) -> Iterable[Matched]:
    """The ideas, with items imported by earlier versions matched by their instant, author and words."""
    every = list(found)
    if not identities.earlier:
        yield from every
        return
    moments = {one.idea.row.at for one in every if not one.held and not one.known and one.idea.row.at}
    rows = revising.of_earlier_versions(session, identities.community.id, moments) if moments else []
    earlier = {(one.at, name, same_words(one.text)): one for one, name in rows}
    for one in every:
        row = one.idea.row
        said = (row.at, row.author, same_words(row.text))
        if one.held or one.known or said not in earlier:
            yield one
        else:
            yield Matched(one.idea, one.mark, earlier.pop(said))


def _numbered(session: Session, identities: Identities, ideas: Sequence[Idea]) -> set[str]:
    """The marks of ideas that are items filed in this community, by their numbers and words."""
    numbers = {int(idea.row.id): idea for idea in ideas if idea.row.id.isdigit() and len(idea.row.id) < 10}
    texts = revising.numbered(session, identities.community.id, numbers)
    return {
        idea.mark
        for number, idea in numbers.items()
        if number in texts and same_words(texts[number]) == same_words(idea.row.text)
    }


def _first(held: dict[str, Held], sources: Iterable[str]) -> Held | None:
    return next((held[source] for source in sources if source in held), None)
