"""The function words and light verbs between a subject and its predicate, by role, in English and French, folded."""

_COPULAS = (
    "is are was were be been being has have had s gets got keeps kept seems "
    "est sont etait etaient a ont ete avait avaient sera seront reste restent semble semblent devient devenu devenue"
)
COPULAS = frozenset(_COPULAS.split())
"""Verbs that a headline leaves out: "the bus was late" becomes "bus late"."""
_ADVERBS = (
    "again still now always often really very so far much quite just already also even only totally completely that "
    "encore toujours souvent maintenant vraiment tres tellement beaucoup bien deja aussi tout toute tous toutes qui"
)
ADVERBS = frozenset(_ADVERBS.split())
"""Adverbs and pronouns that a headline leaves out."""
_KEPT = (
    "too never not no does do did don doesn didn isn aren wasn weren hasn haven won t at on out comes came come "
    "coming arrives arrived arrive arriving turned turns up going goes went "
    "trop jamais pas plus ne n en a au aux l d de hors sans arrive arrivent arrivee arrives"
)
KEPT = frozenset(_KEPT.split())
"""Words that a headline keeps: "never on time", « trop élevé », "arrived late"."""
NEGATED = frozenset(["not", "never", "t", "pas", "plus", "jamais", "ne", "n"])
OPENING = frozenset(["n", "ne"])
CLOSING = frozenset(["pas", "plus", "jamais", "rien"])
"""The second word of a negation after « ne »."""
PARTICLES = frozenset(["out", "off", "up", "down", "away", "back", "over"])
AWAY = frozenset(["out", "off", "down"])
"""Particles that can be a predicate: "the lights are out"."""
_ASKING = "is are was were do does did will can could should would make let has have est sont"
ASKING = frozenset(_ASKING.split())
"""Words that begin a question: "is my card working" does not state that it works."""
WHY = frozenset(["why", "pourquoi"])
RELATIVES = frozenset(["that", "qui", "which", "who"])
_ARTICLES = (
    "the l la le les my your our his her their this these "
    "mon ma mes votre vos notre nos leur leurs son sa ses ce cet cette ces"
)
ARTICLES = frozenset(_ARTICLES.split())
OBJECTS = ARTICLES | frozenset(["a", "an", "un", "une", "me", "m", "nous", "us", "des", "no", "nothing", "rien"])
"""Words that begin an object: "the page shows an error" is not "page shows"."""
FAULTS = frozenset(["error", "erreur"])
_INTRODUCING = (
    "of in on at with for from by about without de du des d dans sur avec pour par en chez a au aux contre sans"
)
INTRODUCING = frozenset(_INTRODUCING.split())
"""Prepositions: in "the code of the door is refused" the door is not the subject."""
LINKING = frozenset(["on", "at", "en", "a", "au", "aux", "de", "d", "hors", "sans"])
"""The prepositions in `KEPT`: "on time", « en panne »."""
NONE = frozenset(["no", "aucun", "aucune", "pas", "manque"])
_AMOUNTS = (
    ("no",),
    ("not", "enough"),
    ("too", "many"),
    ("too", "much"),
    ("more",),
    ("fewer",),
    ("less",),
    ("aucun",),
    ("aucune",),
    ("pas", "de"),
    ("pas", "d"),
    ("pas", "assez", "de"),
    ("pas", "assez", "d"),
    ("trop", "de"),
    ("trop", "d"),
    ("moins", "de"),
    ("moins", "d"),
    ("manque", "de"),
    ("manque", "d"),
)
AMOUNTS = {last: tuple(words for words in _AMOUNTS if words[-1] == last) for last in {one[-1] for one in _AMOUNTS}}
"""The quantities before a topic of which there is too little or too much, by their last word."""
