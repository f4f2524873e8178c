"""Recognises greetings, thanks and acknowledgements: messages that ask for no answer."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from bot.language.text.normalise import normalise


class Courtesy(StrEnum):
    """The kind of a message that asks for no answer."""

    THANKS = "thanks"
    GREETING = "greeting"
    ACKNOWLEDGEMENT = "acknowledgement"


PHRASES: Mapping[str, Mapping[Courtesy | None, str]] = {
    "en": {
        Courtesy.GREETING: (
            "hello, hi, hi there, hello there, hey, hey there, hiya, good morning, good afternoon, good evening, "
            "greetings, how are you, how are you doing, how is it going, how s it going, nice to meet you"
        ),
        Courtesy.THANKS: (
            "thanks, thank you, thx, thks, tks, ty, tysm, tyvm, cheers, much appreciated, that helped, it helped, "
            "that helps, that was helpful, very helpful, bye, goodbye, see you, see ya, see you soon, see you "
            "later, take care, have a nice day, have a good day, have a good one, good night"
        ),
        Courtesy.ACKNOWLEDGEMENT: (
            "ok, okay, k, kk, alright, all right, fine, good, very good, great, perfect, nice, very nice, cool, "
            "excellent, awesome, amazing, wonderful, brilliant, lovely, wow, lol, haha, got it, understood, i "
            "see, i understand, noted, sure, of course, right, exactly, agreed, indeed, sounds good, makes sense, "
            "good to know, yes, yep, yup, yeah, no, nope, please, no problem, np, no worries, you re welcome, my "
            "pleasure, sorry, my bad, done, that works, it works, never mind, nevermind, nvm, forget it"
        ),
        None: (
            "again, everyone, all, team, the team, bot, and, oh, ah, well, then, very much, so much, a lot, many, "
            "in advance, to you, for that, for your help, for the help, for the answer, for everything"
        ),
    },
    "fr": {
        Courtesy.GREETING: (
            "bonjour, bjr, bonsoir, bsr, salut, slt, coucou, hello, ca va, comment ca va, comment allez vous, "
            "comment vas tu, enchante, enchantee"
        ),
        Courtesy.THANKS: (
            "merci, mci, je vous remercie, c est gentil, c est tres gentil, ca m a aide, cela m a aide, c est "
            "utile, tres utile, bonne journee, bonne fin de journee, bonne apres midi, bon apres midi, bonne "
            "soiree, bon week end, bonne nuit, bonne continuation, au revoir, ciao, a bientot, a demain, a plus, "
            "a plus tard, a tout a l heure, a tres vite, a la prochaine"
        ),
        Courtesy.ACKNOWLEDGEMENT: (
            "ok, d accord, dac, entendu, compris, parfait, super, genial, top, nickel, impeccable, formidable, "
            "magnifique, tres bien, c est note, c est bon, c est parfait, c est super, c est genial, c est top, c "
            "est clair, c est compris, bien recu, bien, oui, ouais, non, bien sur, evidemment, volontiers, avec "
            "plaisir, tout a fait, exact, exactement, effectivement, svp, stp, s il vous plait, s il te plait, de "
            "rien, je vous en prie, je t en prie, pas de probleme, aucun probleme, pas de souci, pas de soucis, "
            "mdr, ptdr, bravo, desole, desolee, pardon, ca marche, ca roule, tant pis, peu importe, laisse "
            "tomber, laissez tomber"
        ),
        None: (
            "encore, a tous, a toutes, et, a vous, tout le monde, l equipe, le bot, beaucoup, bcp, infiniment, "
            "mille, un grand, d avance, par avance, pour tout, pour votre aide, pour l aide, pour la reponse, oh, "
            "ah, bon, alors"
        ),
    },
}
"""By language: the phrases such a message is made of, in any order and number, normalised as by `normalise`.
Those under None are fillers, which may occur, but do not decide the kind.
"""

EMOJI: Mapping[Courtesy, str] = {
    Courtesy.THANKS: "🙏❤💙💚💛🧡💜🥰😊",
    Courtesy.GREETING: "👋",
    Courtesy.ACKNOWLEDGEMENT: "👍👌✅🆗🙂",
}
MOST_WORDS = 12
MOST_CHARACTERS = 200
_WORD = re.compile(r"\w+")
_REPEATED_LETTERS = re.compile(r"(\w)\1{2,}")
_QUESTION = re.compile(r"[?？؟]")


def courtesy(text: str) -> Courtesy | None:
    """The kind of a text that consists of `PHRASES` or emoji.

    Returns:
        The first of thanks, greeting and acknowledgement that one of its phrases is; None when it has any other word,
        is longer than the limits, or has a question mark without being a greeting.
    """
    # A cheap check first: most feedback is longer.
    if sum(token[0].isalpha() for token in text.split()) > MOST_WORDS:
        return None
    words = _WORD.findall(_REPEATED_LETTERS.sub(r"\1", normalise(text)))
    if not words:
        return next((kind for kind, emoji in EMOJI.items() if any(one in text for one in emoji)), None)
    said = " ".join(words)
    if len(text) > MOST_CHARACTERS or len(words) > MOST_WORDS:
        return None
    if not _made_of_phrases().fullmatch(said):
        return None
    kind = next((kind for kind in Courtesy if _has_phrase(kind).search(said)), None)
    # `Hello?` is a greeting, `Fine?` a question.
    return None if _QUESTION.search(text) and kind is not Courtesy.GREETING else kind


@cache
def _made_of_phrases() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_phrases(*Courtesy, None)})(?: |$))+")


@cache
def _has_phrase(kind: Courtesy) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases(kind)})\b")


def _phrases(*kinds: Courtesy | None) -> str:
    """The phrases of these kinds in every language, joined into a regular expression of alternatives."""
    listed = [phrases for own in PHRASES.values() for kind, phrases in own.items() if kind in kinds]
    return "|".join({phrase.strip() for phrases in listed for phrase in phrases.split(",")})
