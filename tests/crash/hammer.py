"""Twelve acts of one person, and on their words, at the instant of their erasure; and what must hold afterwards."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Actor, Role, Said
from bot.privacy import forgetting
from bot.settings.config import Limits
from bot.similar.finder import Finder
from storage.people import members
from storage.privacy import erasure
from tests.stage import BareStage, Person
from tests.words import strange

Act = Callable[[BareStage], Awaitable[Any]]
PLENTY = Limits(
    filings="100000 per minute", questions="100000 per minute", commands="100000 per minute", open_items=10_000
)
FAULTS = ("went wrong on our side", "cannot store anything")
"""What a person is told of a fault."""
GONE = "quincunx{number}x"
"""A word that is said in one round alone."""


class Scene:
    """One round: the people, each act on one of several bots, and the numbers of what was filed before."""

    def __init__(self, cores: Sequence[Core], number: int) -> None:
        self.number, self.word = number, GONE.format(number=number)
        events = count(number * 1000)
        self.stages = [BareStage(core) for core in cores]
        shown: dict[str, Any] = {}
        for stage in self.stages:
            stage.app, stage._events, stage._shown = App(stage.core, Policy(stage.core.settings.limits)), events, shown
        self.noor, self.alex, self.sam = (Person(self.stages[0], name) for name in ("noor", "alex", "sam"))
        self.alex.role = Role.MODERATOR
        self.numbers: list[int] = []

    async def prepare(self) -> None:
        """Let Noor file, be taken from view, leave drafts and ask to be forgotten; nothing is at once yet."""
        for person, words in ((self.sam, strange(self.number)), (self.noor, "first"), (self.noor, "second")):
            await person.says(f"/suggest {words} {self.word if person is self.noor else ''}")
            self.numbers.append(int(re.findall(r"#(\d+)", person.hears("Got it"))[0]))
        await self.alex.says(f"/remove {self.numbers[2]} Too loud.")
        for words in ("sent", "draft"):
            await self.drafts(f"{words} {self.word}")
            if words == "sent":
                await self.noor.presses("Send")
        await self.is_passed_on(self.stages[0], "before")
        await self.noor.says("/forgetme")
        self.noor.hears("Everything at once")

    async def drafts(self, words: str) -> None:
        await self.noor.says("/problem")
        await self.noor.fills(text=words, audience="everyone", name="nameless")

    async def is_passed_on(self, stage: BareStage, words: str) -> None:
        author = Actor(stage.name, self.noor.id, self.noor.id)
        said = Said(author, f"{words} {self.word}", f"message {words} {self.word}")
        await stage.do(self.alex, command="passon", about=said)

    def acts(self) -> list[Act]:
        """The twelve acts, then the erasure."""
        noor, alex, word = self.noor, self.alex, self.word
        others, first, second = self.numbers
        token = self.stages[0].token
        send, problem, erase = token(noor, "Send"), token(alex, "As a problem"), token(noor, "Everything at once")
        unnamed = {"text": f"unnamed {word}", "audience": "everyone", "name": "nameless"}
        return [
            lambda stage: stage.do(noor, text=f"/suggest filed {word}"),
            lambda stage: stage.do(noor, command="problem", args=unnamed),
            lambda stage: stage.do(noor, button=send),
            lambda stage: stage.do(noor, text=f"/edit {first} edited {word}"),
            lambda stage: stage.do(noor, text=f"/ask Where is the {word}?"),
            lambda stage: stage.do(noor, command="ask", args={"question": f"Why {word}?", "name": "nameless"}),
            lambda stage: stage.do(noor, text=f"I want to complain: {word}"),
            lambda stage: stage.do(noor, text=f"/support {others}"),
            lambda stage: stage.do(noor, text=f"/appeal {second} appealed {word}"),
            lambda stage: self.is_passed_on(stage, "after"),
            lambda stage: stage.do(alex, button=problem),
            lambda stage: stage.do(alex, text=f"/queue {first} not_planned Not ours."),
            lambda stage: stage.do(noor, button=erase),
        ]

    async def play(self, holding: "asyncio.Event") -> None:
        """Do everything at once, each act on the next bot: some with the erasure, some as soon as it takes hold.

        Args:
            holding: set when the erasure is about to take hold.
        """
        *acts, erase = self.acts()
        chance = random.Random(self.word)  # noqa: S311 - the same each time
        chance.shuffle(acts)
        early = chance.randrange(len(acts))
        holding.clear()

        async def later(act: Act, stage: BareStage) -> None:
            await holding.wait()
            await act(stage)

        stages = [self.stages[place % len(self.stages)] for place in range(len(acts))]
        started = [(act if place < early else partial(later, act))(stages[place]) for place, act in enumerate(acts)]
        await asyncio.gather(*started, erase(self.stages[0]))

    def faults(self) -> list[str]:
        heard = [text for person in (self.noor, self.alex) for text in self.stages[0].heard(person)]
        return [text for text in heard if any(fault in text for fault in FAULTS)]


@contextmanager
def noticed() -> Iterator[asyncio.Event]:
    """An event that is set whenever an erasure is about to take hold."""
    event, loop, hold = asyncio.Event(), asyncio.get_running_loop(), erasure.hold

    def watched(session: Session, member_id: int) -> bool:
        loop.call_soon_threadsafe(event.set)
        return hold(session, member_id)

    async def nothing(*_: object) -> dict[int, str]:
        return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasure, "hold", watched)
        # What is much like other words is filed all the same, not asked about.
        patch.setattr(Finder, "find", nothing)
        yield event


async def hammer(cores: Sequence[Core], rounds: range) -> list[str]:
    """Let everything happen at once, again and again.

    Returns:
        The words that were left without an owner, and what failed, by round.
    """
    found: list[str] = []
    with noticed() as holding:
        for number in rounds:
            scene = Scene(cores, number)
            await scene.prepare()
            await scene.play(holding)
            left = await cores[0].store.write(partial(ownerless, core=cores[0], word=scene.word))
            found += [f"round {number}: {one}" for one in (*scene.faults(), *left)]
    return found


def ownerless(session: Session, core: Core, word: str) -> list[str]:
    """Rows that hold a word though nobody is known whose it is, or that the owner's own erasure does not find."""
    noor = Actor("bare", "noor", "noor")
    known = members.id_of(session, noor.platform, noor.id)
    if known is None:
        found = holding(session, word)
        forgetting.forget_account(session, core, noor, at_once=True)
        return found
    forgetting.forget(session, core, known, at_once=True)
    session.expire_all()
    return holding(session, word)


def holding(session: Session, word: str) -> list[str]:
    """The rows of any table that hold a word."""
    found: list[str] = []
    for table in SQLModel.metadata.tables:
        query = text(f'SELECT * FROM "{table}" AS kept WHERE kept::text LIKE :word')  # noqa: S608 - our own names
        found += [
            f"{table} {dict(row)}" for row in session.connection().execute(query, {"word": f"%{word}%"}).mappings()
        ]
    return found
