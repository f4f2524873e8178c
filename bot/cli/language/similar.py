"""`portevoix similar`: prints which lines of a file mean nearly the same; nothing is stored."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cells import printable, storable
from bot.cli.terminal.opening import note
from bot.cli.terminal.output import emit
from bot.knowledge.sources.questions import read
from bot.language.encoding.encoders import load as load_encoder
from bot.language.text.normalise import has_words
from bot.settings.config import load

LANGUAGES = ("en", "fr")


def similar(
    ctx: typer.Context,
    file: Annotated[Path, typer.Option(help="Texts, one a line; - reads them from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON a text.")] = False,
    most: Annotated[int, typer.Option(min=1, help="How many like it are shown of each.")] = 3,
) -> None:
    """Tell for each line of a file which others mean most nearly the same.

    Nothing is kept. Lines without a word are passed over.

    With --json each line is {"line", "text", "similar": up to --most of {"line", "text", "score"}}, the nearest first;
    of two that are as near, the one that is near to fewer others. A score is the cosine of the two less what all lines
    have in common, at most 1.
    """
    # Imported here: it brings numpy.
    from bot.language.encoding.similar import rank  # noqa: PLC0415

    lines = [storable(text) for batch, _ in read(file, sys.stdin.buffer) for text in batch]
    numbers = [number for number, text in enumerate(lines) if has_words(text)]
    texts = [lines[number] for number in numbers]
    if not texts:
        note("No line has a word.")
        return
    for own, found in zip(numbers, rank(texts, load_encoder(load(ctx.obj).encoder), LANGUAGES, most), strict=True):
        near = [{"line": numbers[at] + 1, "text": texts[at], "score": round(score, 4)} for at, score in found]
        if as_json:
            emit(json.dumps({"line": own + 1, "text": lines[own], "similar": near}, ensure_ascii=False))
        else:
            shown = "".join(f"\n  {one['score']:.2f}  {one['text']}" for one in near)
            emit(printable(f"{lines[own]}{shown}\n"))
