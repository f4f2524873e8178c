"""Repeats the ordinary weeks of the sample, round after round, with other people and names."""

from collections.abc import Iterable, Mapping, Sequence

from bot.demo.deeds import Asked, Decided, Filed, Week
from storage.vocabulary import Kind

AnyDeed = Filed | Decided | Asked


class Rounds:
    """The weeks after the sample's last one.

    Problems, praise and questions are repeated, each by the next person of the same language. Suggestions are not
    repeated: a week's `later` suggestions take their place. Decisions are repeated on the feedback of the same round.

    Args:
        weeks: the sample's weeks; those marked `once` are left out.
        people: by person, their language.
    """

    def __init__(self, weeks: Sequence[Week], people: Mapping[str, str]) -> None:
        self._weeks = tuple(week for week in weeks if not week.once)
        self._recurring = {one.name for week in self._weeks for one in week.feedback if _recurs(one)}
        team = {one.by for week in weeks for one in week.decision}
        self._members = {
            language: [name for name, own in people.items() if own == language and name not in team]
            for language in people.values()
        }
        self._people = people

    def deeds(self, number: int) -> Sequence[AnyDeed]:
        """The deeds of a week.

        Args:
            number: the number of weeks between the sample's last one and this one.
        """
        before, position = divmod(number, len(self._weeks))
        week = self._weeks[position]
        filed = (*(one for one in week.feedback if _recurs(one)), *week.later)
        decided = (one for one in week.decision if not self._recurring.isdisjoint(one.on))
        deeds: tuple[AnyDeed, ...] = (*filed, *decided, *week.question)
        return [self._again(deed, before + 1) for deed in deeds]

    def _again(self, deed: AnyDeed, round_: int) -> AnyDeed:
        if isinstance(deed, Decided):
            names = tuple(_renamed(name, round_) for name in deed.on if name in self._recurring)
            return deed.model_copy(update={"on": names})
        by = self._next(deed.by, round_)
        if isinstance(deed, Asked):
            return deed.model_copy(update={"by": by})
        others = {name: self._all_next(getattr(deed, name), round_) for name in ("supporters", "followers")}
        return deed.model_copy(update={"by": by, "name": _renamed(deed.name, round_), **others})

    def _all_next(self, people: Iterable[str], steps: int) -> tuple[str, ...]:
        return tuple(self._next(person, steps) for person in people)

    def _next(self, person: str, steps: int) -> str:
        """The person a number of steps further in the cyclic list of those who speak the same language."""
        same = self._members[self._people[person]]
        return same[(same.index(person) + steps) % len(same)]


def deeds_of(week: Week) -> Sequence[AnyDeed]:
    """All deeds of a week's file, without its `later` suggestions."""
    return (*week.feedback, *week.decision, *week.question)


def _recurs(deed: Filed) -> bool:
    return deed.kind is not Kind.SUGGESTION


def _renamed(name: str, round_: int) -> str:
    return f"{name}-{round_ + 1}"
