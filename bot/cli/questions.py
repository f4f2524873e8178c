"""Asks an operator: at a terminal by prompts, elsewhere a line of the input each; what went unasked is remembered."""

import sys

import typer

from bot.cli.opening import note

ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


class Questions:
    """Questions to whoever started a command.

    Attributes:
        unasked: what was not asked, because the input had ended.
    """

    def __init__(self) -> None:
        self.unasked: list[str] = []

    def ask(self, about: str, words: str, default: str = "", *, hide: bool = False) -> str | None:
        """An answer in words, without spaces around it; None where nobody is there to give one.

        Args:
            about: what the question is about, for the list of those that went unasked.
            hide: whether the answer is a secret, so that a terminal does not show it.
        """
        if _at_a_terminal():
            answer: str = typer.prompt(words, default=default, show_default=bool(default), hide_input=hide, err=True)
            return answer.strip()
        line = self._read(about, f"{words} [{default}]:" if default else f"{words}:")
        return None if line is None else line.strip() or default

    def confirm(self, about: str, words: str, *, default: bool) -> bool | None:
        """Yes or no; None where nobody is there to say."""
        if _at_a_terminal():
            return typer.confirm(words, default=default, err=True)
        while (line := self._read(about, f"{words} [{'Y/n' if default else 'y/N'}]:")) is not None:
            said = line.strip().lower()
            if said in ANSWERS or not said:
                return ANSWERS.get(said, default)
            note(f"“{line.strip()}” is neither y nor n.")
        return None

    def tell_unasked(self) -> None:
        """Say what nobody was asked."""
        if self.unasked:
            note(f"The input ended, so these were not asked: {', '.join(self.unasked)}.")

    def _read(self, about: str, question: str) -> str | None:
        """The next line of the input, after its question; None at its end."""
        # Nothing may read ahead here: what getpass or input() had taken would be missing from the next answer.
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            self.unasked.append(about)
            return None
        note(question)
        return line


def _at_a_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty())
