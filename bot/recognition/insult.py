"""Recognises messages that consist of an insult or a swear word."""

from collections.abc import Mapping, Sequence
from functools import cache

from storage.values import frozen


@frozen
class InsultWords:
    """The words of one language, without accents.

    Attributes:
        rude: words that are an insult or a swear word on their own.
        unkind: words that are an insult only with one of `addressed`.
        addressed: words for the bot or the person addressed.
        frame: words that may occur, but do not decide.
    """

    rude: str
    unkind: str
    addressed: str
    frame: str


WORDS: Mapping[str, InsultWords] = {
    "en": InsultWords(
        rude="""
            stupid dumb idiot idiots idiotic moron morons shit shitty shite fuck fucking fuckin fucked
            fucker fuk asshole assholes bastard bastards bitch cunt dick dickhead retard retarded wtf stfu
            damn goddamn dumbass dipshit bullshit suck sucks crap wanker twat prick imbecile kys dummy
        """,
        unkind="""
            useless trash garbage rubbish pathetic worst worthless hopeless loser losers clown clowns
            annoying terrible awful crappy horrible disgusting ridiculous incompetent lame ugly liar liars
            crook crooks thief thieves
        """,
        addressed="you u your ur yourself youre bot robot chatbot",
        frame="""
            are re r a an the such so very really is s this what piece of off up to go and all just total
            totally complete completely utter utterly absolute absolutely thing ever as big fat little hey
            oh man dude hi please at least in world most more than that ass hole hell guys people folks eat
        """,
    ),
    "fr": InsultWords(
        rude="""
            merde merdique putain connard connards connasse con cons conne connes salaud salauds salope encule encules
            pute fdp ntm tg batard abruti abrutis debile debiles idiot idiote idiots cretin cretins
            imbecile imbeciles stupide stupides foutre nique niquer chier gueule couillon tocard bordel
            bouffon
        """,
        unkind="""
            voleur voleurs escroc escrocs menteur menteurs incapable incapables clown clowns guignol
            guignols nul nulle nuls nulles inutile inutiles mauvais pourri pourris bete betes incompetent
            incompetents chiant naze nazes minable minables ridicule lamentable horrible affreux
        """,
        addressed="tu t toi vous ton te bot robot chatbot",
        frame="""
            es etes est s de d la le les un une des ta va faire fais quel quelle espece gros grosse
            vraiment trop tellement si tres ce cet a rien complet total totalement completement et pauvre
            sale petit tous mere race bande toute franchement alors mais oh ah pire tout au monde plus
            juste
        """,
    ),
}


def insulting(words: Sequence[str]) -> bool:
    """Whether folded words are an insult and nothing else; with any word that is not listed, they are not."""
    known, rude, unkind, addressed = _words()
    if not known.issuperset(words):
        return False
    said = set(words)
    return bool(said & rude) or bool(said & unkind and said & addressed)


@cache
def _words() -> tuple[frozenset[str], ...]:
    """Of all languages, the set of all words, and those of the rude, unkind and addressed ones."""
    fields = ("rude", "unkind", "addressed", "frame")
    found = [frozenset(word for own in WORDS.values() for word in getattr(own, field).split()) for field in fields]
    return frozenset[str]().union(*found), *found[:3]
