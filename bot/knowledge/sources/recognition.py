"""Recognises by its content which layout a knowledge file has, and reads it."""

from collections.abc import Iterator
from pathlib import Path

from bot.errors import OperatorError
from bot.knowledge.sources import file, jsonlines, markdown, squad, table
from bot.knowledge.sources.draft import Draft, Problem


def read(path: Path) -> Iterator[Draft | Problem]:
    """The answers of a file, and the entries of it that could not be read.

    Raises:
        OperatorError: the file cannot be opened, or has none of the layouts.
    """
    text = file.read_text(path)
    data = squad.recognise(text)
    if data is not None:
        return squad.parse(data)
    if table.recognise(text):
        return table.parse(text)
    if markdown.recognise(text):
        return markdown.parse(text)
    if jsonlines.recognise(text):
        return jsonlines.parse(text)
    raise OperatorError(
        f"{path} holds no knowledge that can be read: it must be Markdown with “## question” headings, "
        'JSON Lines such as {"phrasings": ["…"], "answer": "…"}, CSV with the columns question and answer, '
        "or JSON in the SQuAD layout."
    )
