"""What was found in an exported chat, as lines for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cells import quoted
from bot.knowledge.candidates import Candidate
from storage.values import frozen

if TYPE_CHECKING:
    from bot.transfer.chats.gathering import Gathered

SAMPLES = 10
LENGTH = 100
"""The number of characters shown of a question or an answer."""


@frozen
class Found:
    """What was found in a chat.

    Attributes:
        new: the candidates the moderators have not seen yet.
        remarks: notes on how the file was read.
    """

    name: str
    gathered: "Gathered"
    new: Sequence[Candidate]
    remarks: Sequence[str]

    @property
    def known(self) -> int:
        """How many of the candidates the moderators have seen."""
        return len(self.gathered.candidates) - len(self.new)


def weeks(found: Found) -> Iterator[str]:
    """The messages and people of each week, a line each."""
    own = found.gathered
    yield f"{found.name}: {own.messages:,} messages in {len(own.weeks):,} weeks"
    for week in own.weeks:
        yield f"  {week.monday}: {week.messages:,} messages, {week.people:,} people"


def summary(found: Found) -> Iterator[str]:
    """How many questions were answered, how many are new, and the notes on how the file was read."""
    yield from (f"  {line}" for line in found.remarks)
    yield f"  questions that were answered: {found.gathered.found:,}"
    yield f"  to import {len(found.new):,}, already there {found.known:,}"


def samples(found: Found) -> Iterator[str]:
    """The first of the new questions with their answers."""
    if found.new:
        yield "  samples:"
    for one in found.new[:SAMPLES]:
        yield f"    {quoted(one.question, LENGTH)}"
        yield f"      {quoted(one.text, LENGTH)}"
