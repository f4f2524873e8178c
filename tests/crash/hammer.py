"""Twelve acts of one person, and on their words, at the same instant as their erasure; and what must hold afterwards."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Actor, Role, Said
from bot.privacy import forgetting
from bot.settings.config import Limits
from storage.people import members
from tests.stage import BareStage, Person

PLENTY = Limits(
    filings="100000 per minute", questions="100000 per minute", commands="100000 per minute", open_items=1000
)
FAULTS = ("went wrong on our side", "cannot store anything")
"""What a person is told of a fault."""
GONE = "quincunx{number}x"
"""A word that is said in one round alone."""


class Scene:
    """One round: the people, each act on one of several bots, and the numbers of what was filed before."""

    def __init__(self, cores: Sequence[Core], number: int) -> None:
        self.word = GONE.format(number=number)
        events = count(number * 1000)
        self.stages = [BareStage(core) for core in cores]
        shown: dict[str, Any] = {}
        for stage in self.stages:
            stage.app, stage._events, stage._shown = App(stage.core, Policy(PLENTY)), events, shown
        self.noor, self.alex, self.sam = (Person(self.stages[0], name) for name in ("noor", "alex", "sam"))
        self.alex.role = Role.MODERATOR
        self.numbers: list[int] = []

    async def prepare(self) -> None:
        """Let Noor file, be taken from view, leave drafts and ask to be forgotten; nothing is at once yet."""
        for person, words in ((self.sam, "Sunday opening"), (self.noor, "first"), (self.noor, "second")):
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

    def acts(self) -> list[Callable[[BareStage], Awaitable[Any]]]:
        """The twelve acts, and the erasure."""
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

    async def play(self) -> None:
        """Do everything at once, each act on the next bot."""
        acts = self.acts()
        await asyncio.gather(*(act(self.stages[place % len(self.stages)]) for place, act in enumerate(acts)))

    def faults(self) -> list[str]:
        heard = [text for person in (self.noor, self.alex) for text in self.stages[0].heard(person)]
        return [text for text in heard if any(fault in text for fault in FAULTS)]


async def hammer(cores: Sequence[Core], rounds: int) -> list[str]:
    """Let everything happen at once, again and again.

    Returns:
        The words that were left without an owner, and what failed, by round.
    """
    found: list[str] = []
    for number in range(rounds):
        scene = Scene(cores, number)
        await scene.prepare()
        await scene.play()
        left = await cores[0].store.write(lambda session, word=scene.word: ownerless(session, cores[0], word))  # type: ignore[misc]
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
    tables = SQLModel.metadata.sorted_tables
    rows = (
        (table.name, dict(row)) for table in tables for row in session.connection().execute(select(table)).mappings()
    )
    return [f"{table} {row}" for table, row in rows if word in str(row)]
