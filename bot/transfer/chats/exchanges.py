"""Finds in a chat, read once, questions and the answers that settled them."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.language.text.normalise import fold
from bot.transfer.chats.answering import goes_on, in_vain, is_answer, share_word, thanks
from bot.transfer.chats.asking import question_in
from bot.transfer.chats.discretion import Discretion
from bot.transfer.chats.exchange import Answer, Asked, Exchange
from bot.transfer.chats.message import Message

SOON = timedelta(minutes=5)
"""How long after a question the next message may be its answer without saying so."""
SPOKEN_TO = timedelta(minutes=10)
"""How long after a question an answer may speak to whoever asked, without pointing at the question."""
GOES_ON = timedelta(minutes=2)
"""How long after its beginning an answer may go on with another message."""
OPEN = timedelta(days=2)
"""How long a question waits for its answer."""
MOST_OPEN = 2_000
"""Questions that wait at once."""
NEAR = 6
"""How many messages after an answer a word of thanks may mean it without saying so."""
MOST_PARTS = 3
"""Messages of one answer."""
REPLIED, ALIKE, THANKED, LIKED, IN_VAIN = 1, 1, 3, 1, -4
"""What speaks for an answer: it says whom it answers, in words of the question; it was thanked or liked."""
MOST_LIKES = 3
"""Likes that are counted of one message."""
_CALLED = re.compile(r"\A@?(?P<name>[^\s:,@]{2,32})[:,]\s+")


class Exchanges:
    """Finds exchanges in messages that come in the order of their dates."""

    def __init__(self, discretion: Discretion) -> None:
        self._discretion = discretion
        self._number = 0
        self._open: OrderedDict[str, Asked] = OrderedDict()
        self._latest: OrderedDict[str, Asked] = OrderedDict()
        """By thread, the question asked last."""
        self._more: OrderedDict[str, Asked] = OrderedDict()
        """By the number of a message with which whoever asked goes on."""
        self._answers: OrderedDict[str, tuple[Asked, Answer]] = OrderedDict()
        """By the message's number."""
        self._asking: OrderedDict[str, Asked] = OrderedDict()
        """By the person, what they asked last."""

    def take(self, message: Message) -> Iterator[Exchange]:
        """Read the next message; the exchanges that are over."""
        self._number += 1
        self._discretion.meet((*message.names, *message.mentioned))
        called, text = self._called(message.text)
        if message.own and text:
            self._hear_verdict(message, text, called)
            asked, replied = self._answered(message, called)
            question = None if message.replies_to or message.addressed or called else question_in(text)
            if question is not None:
                self._ask(message, question)
            elif asked is not None and asked.speaker != message.speaker:
                self._answer(asked, message, text, replied)
            elif (own := self._asking.get(message.speaker)) and message.at - own.at <= SOON:
                self._more[message.id] = own
        yield from self._close(message.at)

    def rest(self) -> Iterator[Exchange]:
        """The exchanges that are not over at the end of the chat."""
        yield from filter(None, map(Asked.settled, self._open.values()))

    def _called(self, text: str) -> tuple[str, str]:
        """Whom a message speaks to by name at its beginning, and its words."""
        found = _CALLED.match(text)
        if found and (text.startswith("@") or self._discretion.is_name(found["name"])):
            return fold(found["name"]), text[found.end() :].strip()
        return "", text.strip()

    def _answered(self, message: Message, called: str) -> tuple[Asked | None, bool]:
        """The question that a message may answer, and whether it says so."""
        if message.replies_to:
            return self._open.get(message.replies_to) or self._more.get(message.replies_to), True
        if message.addressed or called:
            theirs = (self._asking.get(one) for one in message.addressed)
            named = (one for one in reversed(self._asking.values()) if called and called in one.names)
            found = next((one for one in (*theirs, *named) if one), None)
            return (found, True) if found and message.at - found.at <= SPOKEN_TO else (None, False)
        asked = self._latest.get(message.thread)
        if asked is None or message.at - asked.at > SOON or asked.speaker == message.speaker:
            return None, False
        going_on = asked.answers and asked.answers[-1].speaker == message.speaker
        return (None, False) if asked.followed and not going_on else (asked, False)

    def _answer(self, asked: Asked, message: Message, text: str, replied: bool) -> None:
        asked.followed = True
        # Who is spoken to may be told something else: the words have to meet, or somebody has to be glad of it.
        alike = share_word(asked.text, text)
        weight = LIKED * min(message.reactions, MOST_LIKES) + (REPLIED + ALIKE * alike if replied else 0)
        last = next((one for one in reversed(asked.answers) if one.speaker == message.speaker), None)
        if last and not last.thanked and message.at - last.at <= GOES_ON and len(last.parts) < MOST_PARTS:
            if not goes_on(text) or text in last.parts:
                return
            last.parts.append(text)
            last.number = self._number
            last.weight = max(last.weight, weight)
        elif last is None and (replied or alike) and is_answer(text):
            last = Answer(message.speaker, _names(message), message.at, [text], weight, self._number)
            asked.answers.append(last)
        else:
            return
        self._answers[message.id] = asked, last

    def _hear_verdict(self, message: Message, text: str, called: str) -> None:
        """Note what whoever asked says of an answer."""
        if not (in_vain(text) or thanks(text)):
            return
        asked, answer = self._answers.get(message.replies_to, (None, None))
        if asked is None:
            asked = self._asking.get(message.speaker)
        if asked is None or asked.speaker != message.speaker or not asked.answers:
            return
        said = answer or self._meant(asked, message, called)
        if said is None:
            return
        if in_vain(text):
            said.weight += IN_VAIN
        elif not said.thanked:
            said.weight, said.thanked = said.weight + THANKED, True

    def _meant(self, asked: Asked, message: Message, called: str) -> Answer | None:
        """The answer that a message without a reference speaks of."""
        if message.addressed or called:
            spoken_to = (one for one in asked.answers if one.speaker in message.addressed or called in one.names)
            return next(spoken_to, None)
        last = asked.answers[-1]
        return last if message.at - last.at <= SPOKEN_TO and self._number - last.number <= NEAR else None

    def _ask(self, message: Message, question: str) -> None:
        asked = Asked(message.speaker, _names(message), message.at, question)
        self._open[message.id] = self._latest[message.thread] = self._asking[message.speaker] = asked
        self._asking.move_to_end(message.speaker)
        self._discretion.overhear(question)

    def _close(self, now: datetime) -> Iterator[Exchange]:
        """The exchanges that nothing is added to any more."""
        while self._open and (len(self._open) > MOST_OPEN or now - next(iter(self._open.values())).at > OPEN):
            _, asked = self._open.popitem(last=False)
            if found := asked.settled():
                yield found
        for kept in (self._answers, self._asking, self._latest, self._more):
            while len(kept) > MOST_OPEN:
                kept.popitem(last=False)


def _names(message: Message) -> frozenset[str]:
    return frozenset(map(fold, message.names))
