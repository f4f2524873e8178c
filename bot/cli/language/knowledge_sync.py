"""`portevoix knowledge sync`, `remove`, `undo` and `sources`: updates the answers from their sources."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cells import printable
from bot.cli.language.knowledge import CommunityOption, check_language
from bot.cli.terminal.opening import choose, note, perform
from bot.cli.terminal.output import emit
from bot.cli.terminal.questions import Questions, is_interactive
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources import Problem
from bot.knowledge.sources.places import Reading, read_place
from bot.language.text.excerpt import excerpt
from bot.transfer import changes, syncing
from bot.transfer.changes import Change, held_entries
from storage.answers import sources
from storage.answers.knowledge import Entry
from storage.models import Community, KnowledgeSource

MOST_LISTED = 120
"""Characters of an id or a question in the list."""


def sync(
    ctx: typer.Context,
    places: Annotated[
        list[str], typer.Argument(metavar="FILE|FOLDER|URL...", help="Everything the knowledge comes from.")
    ],
    community: CommunityOption = None,
    language: Annotated[
        str | None, typer.Option(help="The answers' language, such as fr; by default each answer's is detected.")
    ] = None,
    apply: Annotated[
        bool | None,
        typer.Option(
            "--apply/--dry-run", help="Change the knowledge, or list the changes alone: the default typed in."
        ),
    ] = None,
    keep_others: Annotated[
        bool, typer.Option("--keep-others", help="Leave the answers that came from other files and pages.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask when most answers from other files and pages are removed.")
    ] = False,
) -> None:
    """Make the knowledge equal to files, folders and pages.

    What is added, changed and removed is listed first, one answer a line. Answers that the team wrote to the bot, and
    phrasings that members gave, stay. `knowledge undo` takes it back.

    Typed in, it asks before it removes more than half of the answers that came from other files and pages.
    """
    check_language(language)
    skipped = 0

    def tell(problem: Problem) -> None:
        nonlocal skipped
        skipped += problem.skips
        note(f"skipped {problem}" if problem.skips else str(problem))

    async def job(core: Core) -> tuple[Change, int | None, bool]:
        own = await choose(core, community)
        readings = await _read_all(core, own, places)
        plan = syncing.prepare(core, own, readings, language, tell, alone=not keep_others)
        change = await plan.preview()
        _show(change)
        many = _warn_of_removal(*await plan.others(change))
        if not _applies(apply) or (many and not yes and not _confirm_removal()):
            return change, None, False
        return (*await plan.carry_out(), True)

    change, number, done = perform(ctx, job)
    note(
        f"added {len(change.added)}, changed {len(change.changed)}, removed {len(change.removed)}, "
        f"already there {change.same}, skipped {skipped}"
    )
    if not (done or change.is_empty):
        note("Nothing was changed." if _applies(apply) else "Nothing was changed yet: with --apply it is.")
    _tell_undo(number)


def remove(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="As `knowledge list` shows them.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="A file, folder or page: all answers from it are removed.")
    ] = None,
    community: CommunityOption = None,
) -> None:
    """Remove answers. `knowledge undo` takes it back."""
    if not (ids or source):
        raise OperatorError("Name answers by their ids, or with --source where they came from.")
    places = [place if _is_address(place) else str(Path(place).resolve()) for place in source or ()]

    async def job(core: Core) -> tuple[Change, int]:
        return await syncing.remove(core, await choose(core, community), ids or (), [*places, *(source or ())])

    change, number = perform(ctx, job, reads=True)
    unknown = set(ids or ()) - {entry.external_id for entry in change.removed}
    if unknown:
        note(f"not there: {printable(', '.join(sorted(unknown)))}")
    if change.is_empty:
        raise OperatorError("Nothing was removed: `knowledge list` shows the ids, `knowledge sources` the sources.")
    _show(change)
    note(f"removed {len(change.removed)}")
    _tell_undo(number)


def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="[CHANGE]", help="The change's number; the newest without it.")
    ] = None,
    community: CommunityOption = None,
) -> None:
    """Take back what add, sync or remove changed; of the last 20 changes, the newest without a number."""

    async def job(core: Core) -> tuple[int, int] | None:
        own = await choose(core, community)
        return await core.store.write(lambda session: changes.undo(session, own.id, number))

    found = perform(ctx, job, reads=True)
    if found is None:
        raise OperatorError("There is no such change to undo.")
    note(f"put back {found[0]}, removed {found[1]}")


def list_sources(ctx: typer.Context, community: CommunityOption = None) -> None:
    """List where the answers come from, one source a line: the number of answers, when it was read, the place."""

    async def job(core: Core) -> tuple[list[KnowledgeSource], list[Entry]]:
        own = await choose(core, community)
        held = await core.store.read(lambda session: list(held_entries(session, own.id).values()))
        return await core.store.read(lambda session: sources.every(session, own.id)), held

    known, held = perform(ctx, job, reads=True)
    for one in known:
        covers = syncing.within([one.place])
        number = sum(covers(entry.source) for entry in held)
        emit(f"{number}\t{one.read_at:%Y-%m-%d %H:%M}\t{printable(one.place)}")


async def _read_all(core: Core, community: Community, places: Sequence[str]) -> list[Reading]:
    readings = [_read(place) for place in places if not _is_address(place)]
    addresses = [place for place in places if _is_address(place)]
    if addresses:
        from bot.knowledge.sources.web.crawl import read_pages  # noqa: PLC0415 - only for pages

        known = await core.store.read(lambda session: sources.every(session, community.id))
        pages = await read_pages(addresses, {one.place: one.version for one in known})
        if not any(page.holds_answers for page in pages):
            raise OperatorError(f"Nothing on {', '.join(addresses)} could be read: the knowledge stays as it is.")
        readings += pages
    return readings


def _read(place: str) -> Reading:
    reading = read_place(Path(place))
    if not reading.holds_answers:
        for problem in reading.found:
            note(f"skipped {problem}")
        raise OperatorError(f"Nothing in {place} could be read: the knowledge stays as it is.")
    return reading


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _warn_of_removal(removed: int, total: int) -> bool:
    """Whether more than half of the answers from other sources are removed; if so, print a warning."""
    if removed * 2 <= total:
        return False
    note(f"{removed} of the {total} answers that came from other files and pages are removed; --keep-others keeps them")
    return True


def _confirm_removal() -> bool:
    """Ask for confirmation at a terminal; True in a script."""
    return not is_interactive() or bool(Questions().confirm("whether to remove them", "Remove them?", default=False))


def _applies(chosen: bool | None) -> bool:
    """Whether to change the knowledge: as chosen, else only in a script."""
    return chosen if chosen is not None else not is_interactive()


def _show(change: Change) -> None:
    _list("added", change.added)
    _list("changed", change.changed)
    _list("removed", change.removed)


def _list(word: str, entries: Sequence[Entry]) -> None:
    for entry in entries:
        words = (word, entry.external_id, entry.phrasings[0])
        emit("\t".join(printable(excerpt(one, MOST_LISTED)) for one in words))


def _tell_undo(number: int | None) -> None:
    if number:
        note(f"To take it back: portevoix knowledge undo {number}")
