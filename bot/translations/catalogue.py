"""Reads, updates, writes and checks the catalogue of one language."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

HEADER = """\
# `make translations` brings this file to the messages in the code.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
"""The file's header, without dates, so that the file changes only when a message does."""
WIDTH = 100
"""The length of a line in the file."""


def load(file: Path) -> Catalog:
    """Read a catalogue; its language is the file's stem."""
    with file.open("rb") as source:
        return read_po(source, locale=file.stem)


def update(catalogue: Catalog, template: Catalog) -> None:
    """Add the template's missing messages without a translation, and remove those not in the template."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()


def text(catalogue: Catalog) -> str:
    """The catalogue as the text of its file: sorted, without dates and line numbers."""
    body = BytesIO()
    write_po(body, catalogue, width=WIDTH, omit_header=True, sort_output=True)
    header = HEADER.format(code=catalogue.locale_identifier, plurals=catalogue.plural_forms)
    return header + body.getvalue().decode("utf-8").strip() + "\n"


def troubles(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """A line for each message that is missing or wrongly translated, and for each that is obsolete."""
    for wanted in template:
        if wanted.id:
            held = catalogue.get(wanted.id)
            why = _trouble(held, wanted, catalogue.num_plurals) if held else "missing"
            if why:
                yield f"{why}: {_first(wanted)!r}"
    unsaid = [message for message in catalogue if message.id and message.id not in template]
    for message in (*unsaid, *catalogue.obsolete.values()):
        yield f"obsolete: {_first(message)!r}"


def forms(message: Message) -> tuple[str, ...]:
    """A message's translations: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def _trouble(held: Message, wanted: Message, plurals: int) -> str | None:
    if held.fuzzy:
        return "fuzzy"
    if not all(forms(held)):
        return "not translated"
    if len(forms(held)) != (plurals if wanted.pluralizable else 1):
        return "wrong number of plural forms"
    # Compared with the plural: a language's singular form may also stand for 0, and then needs the number.
    names = _placeholders(_last(wanted))
    if names is None or any(_placeholders(form) != names for form in forms(held)):
        return "other {placeholders} than the message"
    return None


def _placeholders(text: str) -> set[str] | None:
    """The names of a text's placeholders; None when its braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _last(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]
