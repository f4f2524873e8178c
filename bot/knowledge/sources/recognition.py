"""Recognises the layout of a knowledge file by its content, and reads it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.errors import OperatorError
from bot.knowledge.sources import articles, file, jsonlines, markdown, squad, table
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.foreign import foreign
from bot.knowledge.sources.front_matter import read_facts

YAML = (".yml", ".yaml")


def read(path: Path) -> Iterator[Draft | Problem]:
    """The answers of a file, and the entries of it that could not be read.

    Raises:
        OperatorError: the file cannot be opened, or has none of the layouts.
    """
    if path.is_file() and (words := foreign(path)):
        raise OperatorError(f"{path} is {words}.")
    text = file.read_text(path)
    if words := foreign(path, text):
        raise OperatorError(f"{path} is {words}.")
    found = read_project([path, *_beside(path)]) if path.suffix in YAML else read_text(text)
    if found is None:
        raise OperatorError(
            f"{path} holds no knowledge that can be read: it must be Markdown with “## question” headings, "
            'JSON Lines such as {"phrasings": ["…"], "answer": "…"}, CSV with the columns question and answer, '
            "JSON in the SQuAD layout or of a help centre, or YAML of Rasa."
        )
    return found


def read_text(text: str) -> Iterator[Draft | Problem] | None:
    """The answers of a text, and problems with it; None when it has none of the layouts."""
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        from bot.knowledge.sources.web.page import read_page  # noqa: PLC0415 - the parser takes 3 MiB

        return iter(read_page(text)) if read_page(text) else None
    listed = articles.recognise(text)
    if listed is not None:
        return articles.parse(listed)
    data = squad.recognise(text)
    if data is not None:
        return squad.parse(data)
    if table.recognise(text):
        return table.parse(text)
    blocks = markdown.recognise(text)
    if blocks:
        return read_facts(text).apply(markdown.parse(blocks))
    if jsonlines.recognise(text):
        return jsonlines.parse(text)
    suspected = list(markdown.parse(text))
    return iter(suspected) if suspected else None


def read_project(paths: Iterable[Path]) -> Iterator[Draft | Problem] | None:
    """The answers in the files of a Rasa project together; None when none of them is such a file."""
    from bot.knowledge.sources import rasa  # noqa: PLC0415 - it brings yaml

    texts = [(path.name, file.read_text(path)) for path in dict.fromkeys(paths)]
    held = [(name, text) for name, text in texts if rasa.recognise(text)]
    return rasa.parse(held) if held else None


def _beside(path: Path) -> list[Path]:
    """The other files of the same Rasa project: those in its folder, and the domain file above it."""
    inside = [one for name in YAML for one in sorted(path.parent.glob(f"*{name}"))]
    return [*inside, *(one for name in YAML for one in path.parent.parent.glob(f"domain{name}"))]
