"""Makes the record of an item: without its author when nameless, without words when it is not to be seen."""

from collections.abc import Collection, Mapping, Sequence

from bot.transfer.outgoing.discretion import Discretion, When
from bot.transfer.outgoing.record import ChangePart, FilePart, ItemPart
from storage.items import feedback
from storage.items.desk import exchanges
from storage.models import Feedback, History
from storage.values import frozen
from storage.vocabulary import Action, Publication, Status


@frozen
class Surroundings:
    """What a page of items is told with.

    Attributes:
        names: the display names of authors, by member id.
        supporters: the rows of support of each item, by its id.
        targets: the numbers of what items are joined to, by id.
        histories: by item id; None to leave them out.
        removed: whether items taken from view have their words, for those who may see them.
    """

    community: str
    names: Mapping[int, str]
    supporters: Mapping[int, int]
    targets: Mapping[int, int]
    files: Mapping[int, Sequence[FilePart]]
    details: Mapping[int, Mapping[str, str]]
    histories: Mapping[int, Sequence[History]] | None
    discretion: Discretion
    removed: bool = False


def record(item: Feedback, support: int, around: Surroundings) -> ItemPart:
    """An item as it is exported."""
    hidden = is_hidden(item, removed=around.removed)
    unnamed = hidden or item.nameless or item.author_id is None
    when = around.discretion.when(item)
    told = {} if around.histories is None else {"history": _history(item, around.histories[item.id], when, around)}
    return ItemPart(
        number=item.number,
        kind=item.kind,
        text="" if hidden else item.text,
        area=item.area,
        status=item.status,
        audience=item.audience,
        publication=item.publication,
        name=feedback.naming_of(item),
        language=around.discretion.language(item),
        author=None if unnamed else around.names.get(item.author_id or 0),
        support=support,
        base_support=item.base_support,
        supporters=around.supporters.get(item.id, 0),
        joined_to=around.targets.get(item.joined_to or 0),
        at=when(item.created_at),
        changed_at=when(item.changed_at),
        community=around.community,
        files=tuple(around.files.get(item.id, ())),
        details={} if hidden else dict(around.details.get(item.id, {})),
        **told,
    )


def is_hidden(item: Feedback, *, removed: bool) -> bool:
    """Whether an item is exported without its words: withdrawn, or taken from view and not to be shown."""
    return item.status is Status.WITHDRAWN or (item.publication is Publication.REMOVED and not removed)


def _history(item: Feedback, entries: Collection[History], when: When, around: Surroundings) -> tuple[ChangePart, ...]:
    """An item's history, without who made each change; of one without a name, without the changes of its name."""
    told = [_change(entry, item, when, removed=around.removed) for entry in entries]
    return tuple(_without_naming(one) for one in told if not _renames(one)) if item.nameless else tuple(told)


def _change(entry: History, item: Feedback, when: When, *, removed: bool) -> ChangePart:
    """A history entry, without who made the change.

    What an author and the moderators wrote each other about a removal is left out like the words that were removed;
    what they asked and answered each other always is, since it was for them alone.
    """
    alone = entry.action in exchanges.TURNS
    between_them = entry.action in (Action.REMOVED, Action.APPEALED) or item.publication is Publication.REMOVED
    return ChangePart(
        at=when(entry.at),
        action=entry.action,
        before=entry.before,
        after=entry.after,
        note="" if alone or (between_them and not removed) else entry.note,
    )


def _renames(one: ChangePart) -> bool:
    """Whether an entry changed the name alone."""
    return one.action is Action.VISIBILITY and _audience(one.before) == _audience(one.after)


def _without_naming(one: ChangePart) -> ChangePart:
    if one.action is not Action.VISIBILITY:
        return one
    return one.model_copy(update={"before": _audience(one.before), "after": _audience(one.after)})


def _audience(shown: str | None) -> str:
    """The audience of `everyone, named`, as a change of either is recorded."""
    return (shown or "").partition(",")[0]
