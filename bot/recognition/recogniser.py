"""Recognises danger and more in members' texts before anything else is done; tables are read at first use."""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path

from bot.recognition.danger import Danger, DangerTables, danger, load_danger
from bot.recognition.severe import SevereTables, is_severe, load_severe
from bot.recognition.subject import SubjectTables, load_subjects, subject
from bot.recognition.wish import Wish, parse_wish


class Recogniser:
    """Recognises danger, complaints about the team, severe problems, and wishes.

    Args:
        folder: the operator's own tables, which are added to the packaged ones; None for none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def danger(self, text: str) -> Danger | None:
        """The danger that the writer, or a person the text is about, may be in; None for none."""
        return danger(text, self._dangers)

    def is_about_team(self, text: str, moderators: Collection[str] = (), *, problem: bool = False) -> bool:
        """Whether a text is about a moderator or the team.

        Args:
            moderators: display names of moderators.
            problem: whether it was filed as a problem.
        """
        return subject(text, self._subjects, moderators, problem=problem).is_team

    def is_severe(self, text: str) -> bool:
        """Whether a problem has words of severe ones, such as an outage."""
        return is_severe(text, self._severe)

    def wish(self, text: str) -> Wish:
        """The wish in a text about name and audience."""
        return parse_wish(text)

    @cached_property
    def _dangers(self) -> DangerTables:
        return load_danger(self._folder)

    @cached_property
    def _subjects(self) -> SubjectTables:
        return load_subjects(self._folder)

    @cached_property
    def _severe(self) -> SevereTables:
        return load_severe(self._folder)
