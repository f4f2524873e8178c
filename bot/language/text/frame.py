"""Removes the frame of a question: greetings, please, `can you tell me`, punctuation and capitals."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from bot.language.text.courtesy import PHRASES, Courtesy
from bot.language.text.normalise import cut, fold

REQUESTS: Mapping[str, str] = {
    "en": (
        "please, pls, plz, dear team, dear all, team, sir, madam, everyone, everybody, guys, folks, all, all of "
        "you, sorry, excuse me, sorry to bother you, hope you re well, hope you are well, question, a question, "
        "quick question, a quick question, just a quick question, small question, i have a question, i have a "
        "quick question, i ve got a question, thanks in advance, many thanks, thanks a lot, thank you very much, i "
        "would like to know, i d like to know, i want to know, i wanted to know, i was wondering, i m wondering, i "
        "wonder, just wondering, i need to know, can you tell me, could you tell me, would you tell me, can you "
        "please tell me, could you please tell me, can you help me, could you help me, can anyone tell me, can "
        "somebody tell me, could someone tell me, could anyone tell me, does anyone know, does anybody know, "
        "anyone know, do you know, would you know, do you happen to know, tell me, please tell me, let me know, "
        "may i ask, can i ask, could i ask, so, well, um, uh, by the way, any idea, for my information, asap"
    ),
    "fr": (
        "s il vous plait, s il te plait, svp, stp, bonjour a tous, bonjour a toutes et a tous, a tous, a toutes, "
        "tout le monde, chere equipe, l equipe, excusez moi, excuse moi, pardon, desole de deranger, question, une "
        "question, petite question, une petite question, question rapide, j ai une question, j aurais une "
        "question, j ai une petite question, merci d avance, merci beaucoup, merci par avance, je vous remercie, "
        "je vous remercie d avance, j aurais une petite question, je voudrais savoir, je voulais savoir, j "
        "aimerais savoir, je souhaite savoir, je souhaiterais savoir, je cherche a savoir, je me demande, je me "
        "demandais, pouvez vous me dire, pourriez vous me dire, peux tu me dire, pourrais tu me dire, vous pouvez "
        "me dire, vous pourriez me dire, tu peux me dire, tu pourrais me dire, pouvez vous m indiquer, pourriez "
        "vous m indiquer, pouvez vous m aider, pourriez vous m aider, quelqu un peut me dire, quelqu un pourrait "
        "me dire, est ce que quelqu un sait, est ce que quelqu un peut me dire, quelqu un sait, quelqu un saurait, "
        "savez vous, sauriez vous, sais tu, vous savez, dites moi, dis moi, euh, alors, bon, au fait, une idee, "
        "cordialement, bien cordialement"
    ),
}
"""By language: courtesies around a question, normalised, besides the greetings and thanks of `courtesy`."""

KEPT = frozenset({"and", "et", "oh", "ah", "then", "again", "bot", "the bot", "le bot", "encore", "mille", "beaucoup"})
"""Fillers of `courtesy` that may be part of a question."""
_MARKS = re.compile(r"[?!.…,;:\"“”«»()]+(?=\s|$)|(?<=\s)[?!.…,;:\"“”«»()]+|^[¿¡?!.…,;:\"“”«»()]+")
_WORD = re.compile(r"[^\W_]+")


def unframe(text: str) -> str:
    """A question in lower case without punctuation, and without the courtesies before and after it."""
    return take_out(text).lower()


def take_out(text: str) -> str:
    """A question without punctuation, and without the courtesies before and after it, in its own spelling."""
    plain = " ".join(_MARKS.sub(" ", cut(text)).split())
    found = list(_WORD.finditer(plain))
    words = [fold(one[0]) for one in found]
    start = _count(words, _phrases())
    end = len(words) - _count(words[start:][::-1], _phrases(turned=True))
    if end <= start:
        # The text consists of courtesies only.
        return plain or text
    return plain[found[start].start() : found[end - 1].end()]


def _count(words: Sequence[str], phrases: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
    """The number of words at the beginning that are phrases; the longest phrases are tried first."""
    count = 0
    while count < len(words):
        known = phrases.get(words[count], ())
        size = next((len(one) for one in known if tuple(words[count : count + len(one)]) == one), 0)
        if not size:
            break
        count += size
    return count


@cache
def _phrases(*, turned: bool = False) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The phrases by their first word, the longest first; with `turned`, with their words in reverse order."""
    kinds = (Courtesy.GREETING, Courtesy.THANKS, None)
    own = (phrases for table in PHRASES.values() for kind, phrases in table.items() if kind in kinds)
    listed = {phrase.strip() for phrases in (*own, *REQUESTS.values()) for phrase in phrases.split(",")} - KEPT
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(listed, key=lambda one: -len(one.split())):
        words = tuple(phrase.split()[:: -1 if turned else 1])
        by_word[words[0]].append(words)
    return by_word
