"""What an answer or draft shows of others, as it is stored for their erasure to find it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from bot.ports.inbound import Actor
from bot.ports.plain import flat
from bot.ports.reply import Ask, Block, Bullets, Buttons, Line, Quote, Reply
from storage.engine.keys import Keys
from storage.traffic import traces

MOST_DIGITS = 18
"""Digits of an id at most, so that it fits into an integer column."""
_NUMBER = re.compile(rf"#(\d{{1,{MOST_DIGITS}}})\b")


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows: public numbers of items, and ids of questions and drafts."""

    numbers: frozenset[int]
    questions: frozenset[int]
    drafts: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.questions or self.drafts)


def words_mark(keys: Keys, account: Actor) -> str:
    """The keyed mark of whose words somebody else's draft or message shows; it ties these to nothing of theirs."""
    return keys.holder("words", f"{account.platform}:{account.id}")


def shown(reply: Reply) -> Shown:
    """What a reply shows the words of; its buttons must not have tokens yet, which hide what they are about."""
    return Shown(
        frozenset(number for block in reply.blocks for line in _lines(block) for number in _numbers(line)),
        frozenset(_named(reply, "question")),
        frozenset(_named(reply, "draft")),
    )


def keep(session: Session, outbox_id: int, community_id: int, what: Shown) -> None:
    """Store what an answer on its way shows."""
    traces.on_answer(session, outbox_id, community_id, what.numbers, what.questions, what.drafts)


def _lines(block: Block) -> tuple[Line, ...]:
    """The lines that say which item is quoted: a quote's source, and those of a list."""
    match block:
        case Quote():
            return (block.source,)
        case Bullets():
            return block.items
        case _:
            return ()


def _numbers(line: Line) -> Iterator[int]:
    return map(int, _NUMBER.findall(flat(line)))


def _named(reply: Reply, name: str) -> Iterator[int]:
    """The ids under this name in the arguments of a reply's buttons and forms."""
    for block in reply.blocks:
        given = [button.args for button in block.buttons] if isinstance(block, Buttons) else []
        given += [block.values] if isinstance(block, Ask) else []
        found = (args.get(name, "") for args in given)
        yield from (int(one) for one in found if one.isascii() and one.isdecimal() and len(one) <= MOST_DIGITS)
