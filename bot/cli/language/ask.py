"""`portevoix ask`: prints what the bot would answer, as text or JSON; nothing is stored."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlmodel import Session

from bot.cells import printable, storable
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, console, note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.library import threshold_of
from bot.knowledge.policy import OFFERED, SearchResult, assess
from bot.knowledge.sources.questions import read
from bot.language.text.excerpt import excerpt
from storage.answers import knowledge
from storage.models import Answer
from storage.values import frozen
from storage.vocabulary import Decision

if TYPE_CHECKING:
    from bot.knowledge.indexing import Index

BATCH = 256
"""The number of questions searched for at a time."""

MOST_CHARACTERS = 200
"""The number of characters shown of a question in text output."""
_LINE_BREAKS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"})
"""Escapes for characters that JSON leaves unescaped although some readers end a line at them."""


@frozen
class AnswersById:
    """A community's answers by id, each with its first phrasing, to print search results with."""

    answers: dict[int, tuple[Answer, str]]

    def record(self, question: str, result: SearchResult) -> str:
        """A search result as one line of JSON."""
        candidates = [
            {"id": self.answers[one.answer_id][0].external_id, "score": round(one.score, 4)}
            for one in result.candidates
            if one.answer_id in self.answers
        ]
        line = {"question": question, "decision": result.decision.value, "candidates": candidates}
        return json.dumps(line, ensure_ascii=False).translate(_LINE_BREAKS)

    def text(self, question: str, result: SearchResult) -> str:
        """A search result as text for a person."""
        found = [
            (one.score, *self.answers[one.answer_id]) for one in result.candidates if one.answer_id in self.answers
        ]
        asked = f"? {excerpt(question, MOST_CHARACTERS)}"
        if result.decision is Decision.ANSWER and found:
            score, answer, phrasing = found[0]
            return f"{asked}\nanswer {score:.2f}  {answer.external_id}  {phrasing}\n\n{answer.text}\n"
        heading = "offer: one of these may be meant" if result.decision is Decision.OFFER else "silent: nothing fits"
        lines = [f"  {score:.2f}  {answer.external_id}  {phrasing}" for score, answer, phrasing in found[:OFFERED]]
        return "\n".join((asked, heading, *lines, ""))


def ask(
    ctx: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="What to look up.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="Questions instead, one a line; - reads them from standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON a question.")] = False,
    community: CommunityOption = None,
) -> None:
    """Ask what the bot would answer, and how sure it is.

    Nothing is kept: it is for trying the knowledge out.

    With --json each line is {"question", "decision": answer, offer or silent, "candidates": up to ten of
    {"id", "score"}}, the best first; a score is the confidence, from 0 to 1, that this answer is the right one.
    """
    if (question is None) == (file is None):
        raise OperatorError("Ask one question, or name a file of them with --file.")

    index, known = perform(ctx, lambda core: _open(core, community), reads=True)
    if not known.answers:
        note("There is no knowledge yet: portevoix knowledge add FILE brings it in.")
    write = known.record if as_json else lambda *found: printable(known.text(*found))
    if file is None:
        _answer(index, [storable(question or "")], write)
        return
    with _progress(file) as advance:
        for questions, size in read(file, sys.stdin.buffer):
            _answer(index, questions, write)
            advance(size)


async def _open(core: Core, community: str | None) -> tuple["Index", AnswersById]:
    """A community's index and answers, read so that the store can be closed before questions arrive."""
    own = await choose(core, community)

    def job(session: Session) -> AnswersById:
        first: dict[int, str] = {}
        for answer_id, text in knowledge.phrasings(session, own.id):
            first.setdefault(answer_id, text)
        return AnswersById({one.id: (one, first.get(one.id, "")) for one in knowledge.answers(session, own.id)})

    return await core.library.index(own.id), await core.store.read(job)


def _answer(index: "Index", questions: Iterable[str], write: Callable[[str, SearchResult], str]) -> None:
    """Search for the questions in batches, and print the results of each in order."""
    waiting, threshold = iter(questions), threshold_of(index)
    while batch := list(islice(waiting, BATCH)):
        found = zip(batch, index.search_many(batch), strict=True)
        lines = [write(question, assess(candidates, threshold)) for question, candidates in found]
        emit("\n".join(lines))


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A progress bar, when stderr is a terminal and stdout is not; yields what advances it by bytes."""
    from rich.progress import Progress  # noqa: PLC0415 - as in `console`

    terminal = console()
    shown = terminal.is_terminal and not sys.stdout.isatty()
    with Progress(console=terminal, transient=True, disable=not shown) as progress:
        task = progress.add_task("asking", total=file.stat().st_size if file.is_file() else None)
        yield lambda size: progress.advance(task, size)
