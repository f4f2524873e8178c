"""Finds questions and the answers that settled them in a chat, in one pass."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.language.text.normalise import fold
from bot.transfer.chats.anonymising import Anonymiser
from bot.transfer.chats.answering import continues_answer, did_not_help, is_answer, share_word, thanks
from bot.transfer.chats.asking import question_in
from bot.transfer.chats.exchange import Answer, Exchange, OpenQuestion
from bot.transfer.chats.message import Message

SOON = timedelta(minutes=5)
"""How long after a question the next message may be its answer without a reference."""
SPOKEN_TO = timedelta(minutes=10)
"""How long after a question a message addressed to its author may be the answer, without a reference."""
GOES_ON = timedelta(minutes=2)
"""How long after its beginning an answer may continue in a further message."""
OPEN = timedelta(days=2)
"""How long a question waits for its answer."""
MOST_OPEN = 2_000
"""The most questions that wait at once."""
NEAR = 6
"""The most messages between an answer and thanks for it without a reference."""
MOST_PARTS = 3
"""The most messages of one answer."""
REPLIED, ALIKE, THANKED, LIKED, IN_VAIN = 1, 1, 3, 1, -4
"""The weights of evidence for an answer: it refers to the question, shares a word with it, was thanked for, was liked
(for each like); or it did not help."""
MOST_LIKES = 3
"""The most likes of one message that are counted."""
_CALLED = re.compile(r"\A@?(?P<name>[^\s:,@]{2,32})[:,]\s+")


class Exchanges:
    """Finds exchanges in messages, which must come in the order of their dates."""

    def __init__(self, anonymiser: Anonymiser) -> None:
        self._anonymiser = anonymiser
        self._number = 0
        self._open: OrderedDict[str, OpenQuestion] = OrderedDict()
        self._latest: OrderedDict[str, OpenQuestion] = OrderedDict()
        """By thread, the last question."""
        self._more: OrderedDict[str, OpenQuestion] = OrderedDict()
        """By the id of a further message of whoever asked, their question."""
        self._answers: OrderedDict[str, tuple[OpenQuestion, Answer]] = OrderedDict()
        """By the id of a message, the answer that it is part of, with its question."""
        self._asking: OrderedDict[str, OpenQuestion] = OrderedDict()
        """By account, their last question."""

    def take(self, message: Message) -> Iterator[Exchange]:
        """Read the next message; yield the exchanges to which nothing can be added any more."""
        self._number += 1
        self._anonymiser.learn_names((*message.names, *message.mentioned))
        called, text = self._called(message.text)
        if message.own and text:
            self._apply_feedback(message, text, called)
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
        """The remaining exchanges, at the end of the chat."""
        yield from filter(None, map(OpenQuestion.settled, self._open.values()))

    def _called(self, text: str) -> tuple[str, str]:
        """The folded name that a message begins with, and its further words; an empty name for none."""
        found = _CALLED.match(text)
        if found and (text.startswith("@") or self._anonymiser.is_name(found["name"])):
            return fold(found["name"]), text[found.end() :].strip()
        return "", text.strip()

    def _answered(self, message: Message, called: str) -> tuple[OpenQuestion | None, bool]:
        """The question that a message may answer, and whether it refers to it."""
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

    def _answer(self, asked: OpenQuestion, message: Message, text: str, replied: bool) -> None:
        asked.followed = True
        # A message to the person may be about something else: it must share words, or be thanked for.
        alike = share_word(asked.text, text)
        weight = LIKED * min(message.reactions, MOST_LIKES) + (REPLIED + ALIKE * alike if replied else 0)
        last = next((one for one in reversed(asked.answers) if one.speaker == message.speaker), None)
        if last and not last.thanked and message.at - last.at <= GOES_ON and len(last.parts) < MOST_PARTS:
            if not continues_answer(text) or text in last.parts:
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

    def _apply_feedback(self, message: Message, text: str, called: str) -> None:
        """If a message is by whoever asked and says whether an answer helped, adjust that answer's weight."""
        if not (did_not_help(text) or thanks(text)):
            return
        asked, answer = self._answers.get(message.replies_to, (None, None))
        if asked is None:
            asked = self._asking.get(message.speaker)
        if asked is None or asked.speaker != message.speaker or not asked.answers:
            return
        said = answer or self._answer_meant(asked, message, called)
        if said is None:
            return
        if did_not_help(text):
            said.weight += IN_VAIN
        elif not said.thanked:
            said.weight, said.thanked = said.weight + THANKED, True

    def _answer_meant(self, asked: OpenQuestion, message: Message, called: str) -> Answer | None:
        """The answer that a message without a reference is about."""
        if message.addressed or called:
            spoken_to = (one for one in asked.answers if one.speaker in message.addressed or called in one.names)
            return next(spoken_to, None)
        last = asked.answers[-1]
        return last if message.at - last.at <= SPOKEN_TO and self._number - last.number <= NEAR else None

    def _ask(self, message: Message, question: str) -> None:
        asked = OpenQuestion(message.speaker, _names(message), message.at, question)
        self._open[message.id] = self._latest[message.thread] = self._asking[message.speaker] = asked
        self._asking.move_to_end(message.speaker)
        self._anonymiser.learn_words(question)

    def _close(self, now: datetime) -> Iterator[Exchange]:
        """The exchanges to which nothing can be added any more."""
        while self._open and (len(self._open) > MOST_OPEN or now - next(iter(self._open.values())).at > OPEN):
            _, asked = self._open.popitem(last=False)
            if found := asked.settled():
                yield found
        for kept in (self._answers, self._asking, self._latest, self._more):
            while len(kept) > MOST_OPEN:
                kept.popitem(last=False)


def _names(message: Message) -> frozenset[str]:
    return frozenset(map(fold, message.names))
