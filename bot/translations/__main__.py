"""`python -m bot.translations`: updates the catalogues from the messages in the code; `--check` only compares."""

import sys
from pathlib import Path

from babel.messages import Catalog

from bot.locales import compiled
from bot.translations import catalogue, messages

FOLDER = Path(__file__).parents[1] / "locales"
STALE = "its compiled file is of another text: run `make translations`"


def main(arguments: list[str]) -> int:
    """Update every catalogue and print what is left to translate; with `--check` change nothing.

    Returns:
        The exit status: 1 when a message is not a literal, or `--check` finds a catalogue incomplete; else 0.
    """
    check = "--check" in arguments
    try:
        template = messages.collect()
    except messages.Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    lines = [line for file in sorted(FOLDER.glob("*.po")) for line in _update(file, template, check)]
    sys.stderr.writelines(lines)
    return 1 if check and lines else 0


def _update(file: Path, template: Catalog, check: bool) -> list[str]:
    held = catalogue.load(file)
    if not check:
        catalogue.update(held, template)
        file.write_text(catalogue.text(held), "utf-8")
        compiled.write(file)
    troubles = list(catalogue.troubles(held, template)) or ([] if compiled.is_current(file) else [STALE])
    return [f"{file.name}: {trouble}\n" for trouble in troubles]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
