"""`portevoix knowledge`: what the bot answers from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import choose, note, perform
from bot.context import Core
from bot.errors import OperatorError
from bot.sources import Problem, read
from bot.sources.jsonlines import LANGUAGE
from bot.transfer.knowledge import Learnt, held_by, learn

CommunityOption = Annotated[str | None, typer.Option(help="The community's key, when there are several.")]


def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown, JSON Lines or JSON in the SQuAD layout.")],
    community: CommunityOption = None,
    language: Annotated[
        str | None, typer.Option(help="The answers' language, such as fr; by default each answer's is detected.")
    ] = None,
) -> None:
    """Add the answers of a file.

    Adding the same file again changes nothing.

    Markdown: `## question` headings, one or several in a row, then the answer. JSON Lines: one
    {"id", "phrasings": [...], "answer", "language"} a line; id and language may be left out.
    """
    if language and not LANGUAGE.match(language):
        raise OperatorError(f"--language {language} is not a language code, such as en or fr.")
    found, skipped = read(file), 0

    def tell(problem: Problem) -> None:
        nonlocal skipped
        skipped += 1
        note(f"skipped {problem}")

    async def job(core: Core) -> Learnt:
        return await learn(core, await choose(core, community), found, language, tell)

    learnt = perform(ctx, job)
    note(f"added {learnt.added}, changed {learnt.changed}, already there {learnt.same}, skipped {skipped}")
    if skipped and learnt == Learnt(0, 0, 0):
        raise OperatorError(f"Nothing in {file} could be added.")


def list_(ctx: typer.Context, community: CommunityOption = None) -> None:
    """Print every answer.

    As JSON Lines, the layout that `knowledge add` reads.
    """

    async def job(core: Core) -> None:
        own = await choose(core, community)
        for entry in await core.store.read(lambda session: list(held_by(session, own.id))):
            line = {
                "id": entry.external_id,
                "phrasings": entry.phrasings,
                "answer": entry.text,
                "language": entry.language,
            }
            typer.echo(json.dumps(line, ensure_ascii=False))

    perform(ctx, job)
