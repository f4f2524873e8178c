"""Stores what an answer or a draft shows of other people, so that their erasure finds it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from sqlmodel import Session

from bot.ports.inbound import Actor
from bot.ports.reply import Ask, Block, Bullets, Quote, Reply, Row, Strong, buttons_of
from storage.engine.keys import Keys
from storage.traffic import traces
from storage.values import frozen

HIGHEST_ID = 2**31
"""An integer column holds the ids below; those of something nameless are negative."""
_NUMBER = re.compile(r"#(\d{1,9})")
_ID = re.compile(r"-?\d{1,10}", re.ASCII)


@frozen
class Shown:
    """What an answer shows.

    Attributes:
        quoted: the public numbers of the items it quotes.
        listed: those of the items it lists.
        questions: the ids of questions.
        drafts: the ids of drafts.
        proposals: the ids of proposed answers.
    """

    quoted: frozenset[int]
    listed: frozenset[int]
    questions: frozenset[int]
    drafts: frozenset[int]
    proposals: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.quoted or self.listed or self.questions or self.drafts or self.proposals)


def words_mark(keys: Keys, account: Actor) -> str:
    """The keyed mark for the author of words in somebody else's draft or message; nothing else of theirs has it."""
    return keys.holder("words", f"{account.platform}:{account.id}")


def shown(reply: Reply) -> Shown:
    """What a reply shows; its buttons must not have tokens yet, since these hide what the buttons are about."""
    quotes = (block.source for block in reply.blocks if isinstance(block, Quote))
    lines = (line for block in reply.blocks if isinstance(block, Bullets) for line in block.items)
    rows = (block.text for block in reply.blocks if isinstance(block, Row))
    named = (part.text for line in chain(lines, rows) for part in line if isinstance(part, Strong))
    given = [args for block in reply.blocks for args in _given(block)]
    return Shown(_numbers(quotes), _numbers(named), *(_ids(given, name) for name in ("question", "draft", "proposal")))


def keep(session: Session, outbox_id: int, community_id: int, what: Shown) -> bool:
    """Store what an answer on its way shows; return whether all that it quotes still has words."""
    traces.on_answer(session, outbox_id, community_id, what.quoted | what.listed, what.questions, what.drafts)
    whole = traces.on_proposals(session, outbox_id, what.proposals)
    return whole and not traces.shows_erased(session, outbox_id, what.quoted)


def _numbers(names: Iterable[str]) -> frozenset[int]:
    """The public numbers among these, as in `#12`."""
    return frozenset(int(found[1]) for name in names if (found := _NUMBER.fullmatch(name)))


def _given(block: Block) -> Iterator[Mapping[str, str]]:
    """The arguments of a block's buttons and form."""
    yield from (button.args for button in buttons_of(block))
    if isinstance(block, Ask):
        yield block.values


def _ids(given: Iterable[Mapping[str, str]], name: str) -> frozenset[int]:
    """The ids under this name in these arguments, several with commas between."""
    found = (one for args in given if name in args for one in args[name].split(","))
    return frozenset(int(one) for one in found if _ID.fullmatch(one) and abs(int(one)) < HIGHEST_ID)
