"""Asks the operator questions: by prompts at a terminal, else by reading a line of standard input for each."""

import sys

import typer

from bot.cli.terminal.opening import note

ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


class Questions:
    """Asks the questions of one command.

    Attributes:
        unasked: the subjects of the questions that were not asked, because the input had ended.
    """

    def __init__(self) -> None:
        self.unasked: list[str] = []

    def ask(self, about: str, words: str, default: str = "", *, hide: bool = False) -> str | None:
        """Ask for a text.

        Args:
            about: the subject of the question, for `unasked`.
            words: the question.
            default: the answer when nothing is entered.
            hide: whether the answer is a secret, which a terminal does not show.

        Returns:
            The answer without spaces around it; None when the input has ended.
        """
        if is_interactive():
            answer: str = typer.prompt(words, default=default, show_default=bool(default), hide_input=hide, err=True)
            return answer.strip()
        line = self._read(about, f"{words} [{default}]:" if default else f"{words}:")
        return None if line is None else line.strip() or default

    def confirm(self, about: str, words: str, *, default: bool) -> bool | None:
        """Ask for yes or no, again until it is one of them; None when the input has ended."""
        if is_interactive():
            return typer.confirm(words, default=default, err=True)
        while (line := self._read(about, f"{words} [{'Y/n' if default else 'y/N'}]:")) is not None:
            said = line.strip().lower()
            if said in ANSWERS or not said:
                return ANSWERS.get(said, default)
            note(f"“{line.strip()}” is neither y nor n.")
        return None

    def tell_unasked(self) -> None:
        """Print the subjects of the questions that were not asked, if any."""
        if self.unasked:
            note(f"The input ended, so these were not asked: {', '.join(self.unasked)}.")

    def _read(self, about: str, question: str) -> str | None:
        """Print a question and return the next line of the input; None at its end."""
        # Read without getpass or input(): what they read ahead would be missing from the next answer.
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            self.unasked.append(about)
            return None
        note(question)
        return line


def is_interactive() -> bool:
    """Whether standard input is a terminal."""
    return bool(sys.stdin and sys.stdin.isatty())
