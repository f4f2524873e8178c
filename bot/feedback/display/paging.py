"""The pages of a list: which entries are shown, and the buttons that turn to other pages."""

from collections.abc import Callable, Mapping

from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons
from storage.values import frozen


@frozen
class Page:
    """One page of a list.

    Attributes:
        number: from 0.
        size: the number of entries on a full page.
        total: the number of entries on all pages.
        more: whether there are more entries, which are on no page.
    """

    number: int
    size: int
    total: int
    more: bool = False

    def span(self, speech: Speech) -> str:
        """The places of the entries shown and their total, in words; empty where all fit on one page."""
        if self.total <= self.size:
            return ""
        first, last = self.number * self.size + 1, min(self.total, (self.number + 1) * self.size)
        total = speech.say("more than {n}", n=self.total) if self.more else str(self.total)
        return speech.say("{first} to {last} of {n}", first=first, last=last, n=total)

    def turns(self, speech: Speech, command: str, args: Callable[[int], Mapping[str, str]]) -> tuple[Buttons, ...]:
        """The buttons to the previous and the next page; empty where there are none.

        Args:
            command: the command that shows a page.
            args: makes its arguments from the number of the page.
        """
        before = [(speech.say("Previous"), self.number - 1)] if self.number else []
        after = [(speech.say("Next"), self.number + 1)] if (self.number + 1) * self.size < self.total else []
        turns = tuple(Button(label, command, args(to)) for label, to in (*before, *after))
        return (Buttons(turns),) if turns else ()
