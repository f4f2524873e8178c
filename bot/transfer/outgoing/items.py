"""Makes the record of an item for an export, without the author of a nameless item, and without hidden words."""

from collections.abc import Collection, Mapping, Sequence

from bot.transfer.outgoing.disclosure import Disclosure, When
from bot.transfer.outgoing.record import ChangePart, FilePart, ItemPart
from storage.items import feedback
from storage.items.desk import exchanges
from storage.models import Feedback, History
from storage.values import frozen
from storage.vocabulary import Action, Publication, Status


@frozen
class PageContext:
    """The data for the records of a page of items.

    Attributes:
        names: the display names of authors, by member id.
        supporters: the rows of support of each item, by its id.
        targets: by id of an item that others are joined to, its number.
        files: the records of each item's files, by its id.
        details: the answers to the community's questions, by item id.
        histories: the history of each item, by its id; None to leave it out.
        removed: whether removed items have their words, for readers who may see them.
    """

    community: str
    names: Mapping[int, str]
    supporters: Mapping[int, int]
    targets: Mapping[int, int]
    files: Mapping[int, Sequence[FilePart]]
    details: Mapping[int, Mapping[str, str]]
    histories: Mapping[int, Sequence[History]] | None
    disclosure: Disclosure
    removed: bool = False


def record(item: Feedback, support: int, context: PageContext) -> ItemPart:
    """The record of an item."""
    hidden = is_hidden(item, removed=context.removed)
    unnamed = hidden or item.nameless or item.author_id is None
    when = context.disclosure.when(item)
    told = {} if context.histories is None else {"history": _history(item, context.histories[item.id], when, context)}
    return ItemPart(
        number=item.number,
        kind=item.kind,
        text="" if hidden else item.text,
        area=item.area,
        status=item.status,
        audience=item.audience,
        publication=item.publication,
        name=feedback.naming_of(item),
        language=context.disclosure.language(item),
        author=None if unnamed else context.names.get(item.author_id or 0),
        support=support,
        base_support=item.base_support,
        supporters=context.supporters.get(item.id, 0),
        joined_to=context.targets.get(item.joined_to or 0),
        at=when(item.created_at),
        changed_at=when(item.changed_at),
        community=context.community,
        files=tuple(context.files.get(item.id, ())),
        details={} if hidden else dict(context.details.get(item.id, {})),
        **told,
    )


def is_hidden(item: Feedback, *, removed: bool) -> bool:
    """Whether an item is exported without its words: it was withdrawn, or removed and is not to be shown."""
    return item.status is Status.WITHDRAWN or (item.publication is Publication.REMOVED and not removed)


def _history(item: Feedback, entries: Collection[History], when: When, context: PageContext) -> tuple[ChangePart, ...]:
    """An item's history, without who made each change; of a nameless item, without changes of its naming."""
    told = [_change(entry, item, when, removed=context.removed) for entry in entries]
    return tuple(_without_naming(one) for one in told if not _renames(one)) if item.nameless else tuple(told)


def _change(entry: History, item: Feedback, when: When, *, removed: bool) -> ChangePart:
    """A history entry, without who made the change.

    What an author and the moderators wrote each other about a removal is left out together with the removed words. What
    they asked and answered each other is always left out, since it was private.
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
    """Whether an entry changed only the naming."""
    return one.action is Action.VISIBILITY and _audience(one.before) == _audience(one.after)


def _without_naming(one: ChangePart) -> ChangePart:
    if one.action is not Action.VISIBILITY:
        return one
    return one.model_copy(update={"before": _audience(one.before), "after": _audience(one.after)})


def _audience(shown: str | None) -> str:
    """The audience in a history value such as `everyone, named`."""
    return (shown or "").partition(",")[0]
