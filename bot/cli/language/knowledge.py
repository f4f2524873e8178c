"""`portevoix knowledge`: adds, lists, exports and checks the answers the bot gives."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cells import printable
from bot.cli.terminal.opening import choose, note, perform
from bot.cli.terminal.output import emit, output
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources import Problem, read
from bot.knowledge.sources.places import sourced, stamp
from bot.knowledge.sources.values import LANGUAGE
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import fold
from bot.operations.knowledge import KnowledgeReport, examine
from bot.operations.scrutiny import Scrutiny, scrutinise
from bot.transfer.entries import list_entries
from bot.transfer.knowledge import ImportSummary, import_answers, write_csv, write_lines
from storage.answers import sources
from storage.answers.knowledge import Entry

MOST_LISTED = 120
"""The number of characters shown of an id or a question in the list."""
TagOption = Annotated[str | None, typer.Option(help="Only the answers with this tag.")]
CommunityOption = Annotated[str | None, typer.Option(help="The community's key, when there are several.")]


class Layout(StrEnum):
    """The format of an export of knowledge."""

    JSONL = "jsonl"
    CSV = "csv"


def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown, CSV, JSON Lines and others, see above.")],
    community: CommunityOption = None,
    language: Annotated[
        str | None, typer.Option(help="The answers' language, such as fr; by default each answer's is detected.")
    ] = None,
) -> None:
    """Add the answers of a file.

    Adding the same file again changes nothing.

    Markdown: `## question` headings, one or several in a row, then the answer; a heading that only gathers
    questions one level below it is passed over. JSON Lines: one
    {"id", "phrasings": [...], "answer", "language"} a line; id and language may be left out, and an answer
    of null says that these questions are known not to be covered. CSV: the
    columns question, answer, id and language, one question a row; rows with one id are one answer. Further: a web page,
    JSON of a help centre (Zendesk, Intercom) or in the SQuAD layout, and YAML of Rasa.
    """
    check_language(language)
    if file.is_dir():
        raise OperatorError(f"{file} is a folder: portevoix knowledge sync reads folders.")
    found, skipped = sourced(file.resolve(), read(file)), 0

    def tell(problem: Problem) -> None:
        nonlocal skipped
        skipped += problem.skips
        note(f"skipped {problem}" if problem.skips else str(problem))

    async def job(core: Core) -> ImportSummary:
        own = await choose(core, community)
        learnt = await import_answers(core, own, found, language, tell, str(file.resolve()))
        if learnt != ImportSummary(0, 0, 0):
            at, place = core.clock.now(), str(file.resolve())
            await core.store.write(lambda session: sources.keep(session, own.id, place, stamp(file.resolve()), at))
        return learnt

    learnt = perform(ctx, job)
    note(f"added {learnt.added}, changed {learnt.changed}, already there {learnt.same}, skipped {skipped}")
    if skipped and learnt == ImportSummary(0, 0, 0):
        raise OperatorError(f"Nothing in {file} could be added.")


def check_language(language: str | None) -> None:
    """Check the option --language.

    Raises:
        OperatorError: it is not a language's code.
    """
    if language and not LANGUAGE.match(language):
        raise OperatorError(f"--language {language} is not a language code, such as en or fr.")


def list_(ctx: typer.Context, community: CommunityOption = None, tag: TagOption = None) -> None:
    """List the answers, one a line: id, language, first question.

    `knowledge export` prints them complete.
    """
    for entry in _held(ctx, community, tag):
        words = (entry.external_id, entry.language, excerpt(entry.phrasings[0], MOST_LISTED))
        emit("\t".join(printable(excerpt(word, MOST_LISTED)) for word in words))


def export(
    ctx: typer.Context,
    format_: Annotated[Layout, typer.Option("--format", help="What to write: jsonl or csv.")] = Layout.JSONL,
    community: CommunityOption = None,
    tag: TagOption = None,
) -> None:
    """Print every answer with all its questions.

    `knowledge add` reads either layout back as it was. CSV has one question a row.
    """
    write = write_lines if format_ is Layout.JSONL else write_csv
    held = _held(ctx, community, tag)
    with output() as out:
        write(held, out)


def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file to look through as well; nothing of it is added.")
    ] = None,
    community: CommunityOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
) -> None:
    """Tell what in the knowledge keeps questions from their answers, and how sure the bot is when it answers.

    Further: answers that say the same or contradict each other, that nobody gets or many refuse, questions without an
    answer, and what is out of date.

    Of a file, what `knowledge add` would skip, such as a heading without an answer under it.
    """
    problems = [str(found) for found in read(file) if isinstance(found, Problem)] if file else []

    async def job(core: Core) -> tuple[KnowledgeReport, Scrutiny]:
        own = await choose(core, community)
        return await examine(core, own), await scrutinise(core, own)

    found, closer = perform(ctx, job, reads=True)
    if not (found.answers or file):
        raise OperatorError("There is no knowledge yet: portevoix knowledge add FILE brings it in.")
    if as_json:
        emit(json.dumps({**found.record(), **closer.record(), "problems": problems}, ensure_ascii=False))
        return
    for problem in problems:
        emit(printable(f"{file}, {problem}"))
    emit(printable(found.text()))
    if closer.text():
        emit(printable(closer.text()))


def _held(ctx: typer.Context, community: str | None, tag: str | None) -> list[Entry]:
    async def job(core: Core) -> list[Entry]:
        own = await choose(core, community)
        return await core.store.read(lambda session: list(list_entries(session, own.id)))

    found = perform(ctx, job, reads=True)
    return found if tag is None else [one for one in found if fold(tag) in map(fold, one.tags)]
