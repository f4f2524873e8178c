"""Reads statuses in the words of other tools, and in the product's own words in each language."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.language.text.normalise import fold
from bot.locales.speech import Speech
from storage.vocabulary import STATUSES, Kind, Status

SYNONYMS: Mapping[Status, tuple[str, ...]] = {
    Status.RECEIVED: ("open", "new", "pending", "submitted", "active", "received", "none", "no status",
                      "unassigned", "awaiting review", "waiting", "backlog", "to do", "todo", "needs triage",
                      "triage", "inbox", "needs votes", "gathering votes", "gathering feedback", "default",
                      "published", "ouvert", "not answered", "unprocessed", "public", "gathering interest",
                      "feedback wanted", "need more info", "needs info", "validating", "nouvelle proposition",
                      "nouveau projet", "soumis au vote", "soumise au vote", "recevable", "en attente de reponse",
                      "ouverte", "nouveau", "nouvelle", "en attente", "recu", "recue", "a traiter", "a faire",
                      "soumis", "soumise"),
    Status.UNDER_REVIEW: ("under review", "in review", "review", "reviewing", "reviewed", "under consideration",
                          "in consideration", "consideration", "considering", "considered", "evaluating",
                          "investigating", "discussion", "under discussion", "researching", "exploring",
                          "acknowledged", "a l etude", "en cours d etude", "a l examen", "en examen",
                          "en discussion", "en reflexion", "etudie", "etudiee", "en cours d analyse", "en analyse",
                          "etude technique en cours", "faisable"),
    Status.PLANNED: ("planned", "approved", "accepted", "scheduled", "roadmap", "on the roadmap", "next", "up next",
                     "queued", "committed", "will do", "planning", "prevu", "prevue", "planifie", "planifiee",
                     "accepte", "acceptee", "approuve", "approuvee", "valide", "validee", "programme", "programmee",
                     "coming soon", "laureat", "laureate", "vote gagne", "retenu", "retenue", "selectionne",
                     "selectionnee"),
    Status.IN_PROGRESS: ("in progress", "started", "working", "working on it", "in development", "development",
                         "in the works", "doing", "building", "in beta", "beta", "testing", "en cours", "commence",
                         "commencee", "demarre", "demarree", "en developpement", "en test", "wip", "in dev", "qa",
                         "rolling out", "ready for release", "pris en charge", "prise en charge",
                         "en cours de realisation"),
    Status.ON_HOLD: ("on hold", "hold", "paused", "later", "deferred", "postponed", "parked", "blocked", "someday",
                     "future", "en pause", "suspendu", "suspendue", "reporte", "reportee", "plus tard", "differe",
                     "differee", "icebox", "maybe later", "stale"),
    Status.DONE: ("done", "complete", "completed", "shipped", "released", "implemented", "delivered", "live",
                  "launched", "deployed", "finished", "fixed", "resolved", "solved", "available", "fait", "faite",
                  "termine", "terminee", "livre", "livree", "realise", "realisee", "resolu", "resolue",
                  "disponible", "en ligne", "mis en place", "mise en place", "corrige", "corrigee", "rolled out",
                  "merged and released", "closed as completed", "closed completed", "closed fixed", "traite",
                  "traitee"),
    Status.NOT_PLANNED: ("not planned", "declined", "rejected", "denied", "closed", "won t do", "wont do",
                         "won t fix", "wontfix", "will not do", "will not implement", "won t implement", "no",
                         "not now", "refused", "dismissed", "cancelled", "canceled", "archived", "cleared",
                         "not possible", "abandoned", "invalid", "out of scope", "refuse", "refusee", "rejete",
                         "rejetee", "decline", "declinee", "non retenu", "non retenue", "ferme", "fermee",
                         "abandonne", "abandonnee", "annule", "annulee", "hors sujet", "pas prevu", "pas prevue",
                         "archive", "archivee", "not doing", "wont fix", "nope", "unlikely", "clos", "cloture",
                         "cloturee", "classe sans suite", "irrecevable", "non recevable", "non faisable",
                         "infaisable", "closed as not planned"),
    Status.EXISTS: ("already exists", "exists", "already done", "already available", "already implemented",
                    "existe deja", "deja en place", "deja fait", "deja existant", "deja existante"),
    Status.JOINED: ("duplicate", "duplicated", "merged", "joined", "dupe", "doublon", "en double", "fusionne",
                    "fusionnee", "regroupe", "regroupee"),
    Status.EXPLAINED: ("explained", "answered", "by design", "not a bug", "works as designed", "cannot reproduce",
                       "repondu", "expliquee", "explique", "comportement attendu"),
    Status.WITHDRAWN: ("withdrawn", "deleted", "retracted", "spam", "retire", "retiree", "supprime", "supprimee"),
}  # fmt: skip
"""By status of suggestions, further words for it, folded and without punctuation."""
OF_PROBLEMS: Mapping[Status, Status] = {
    Status.UNDER_REVIEW: Status.HANDLED,
    Status.PLANNED: Status.HANDLED,
    Status.IN_PROGRESS: Status.HANDLED,
    Status.ON_HOLD: Status.RECEIVED,
    Status.DONE: Status.RESOLVED,
    Status.NOT_PLANNED: Status.EXPLAINED,
    Status.EXISTS: Status.EXPLAINED,
}
OF_SUGGESTIONS: Mapping[Status, Status] = {
    Status.HANDLED: Status.IN_PROGRESS,
    Status.RESOLVED: Status.DONE,
    Status.EXPLAINED: Status.EXISTS,
    Status.READ: Status.UNDER_REVIEW,
}
READ = frozenset(
    {Status.DONE, Status.RESOLVED, Status.EXPLAINED, Status.NOT_PLANNED, Status.EXISTS, Status.READ, Status.JOINED}
)
"""The statuses that mean, for praise, that it was read."""
FOLLOWING = frozenset(
    ("in", "on", "for", "of", "by", "since", "until", "at", "with", "to", "pour", "le", "en", "depuis", "par", "dans",
     "de", "du")
)  # fmt: skip
"""Words that begin an addition to a status, as in `Shipped in 2.3`."""
_NAMED = re.compile(r"^\s*(?:status|statut|state|état)\s*:\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_MARKS = re.compile(r"[^\w]+|_+")


class Statuses:
    """The statuses by their words.

    Args:
        speeches: the languages whose words for statuses are read.
        own: by a word of the file, the status to read it as.
    """

    def __init__(self, speeches: Iterable[Speech], own: Mapping[str, Status] | None = None) -> None:
        known = {word: status for status, words in SYNONYMS.items() for word in words}
        for speech in speeches:
            known |= {_plain(speech.word(status)): status for status in Status}
        known |= {_plain(status.value): status for status in Status}
        self._known = known | {_plain(word): status for word, status in (own or {}).items()}

    def read(self, word: str, kind: Kind) -> Status | None:
        """The status that a word means for an item of this kind; None for an unknown word."""
        found = next((self._known[said] for said in _shorter(word) if said in self._known), None)
        return None if found is None else fitting(found, kind)


def fitting(status: Status, kind: Kind) -> Status:
    """The status of this kind with the same or the nearest meaning."""
    if status in STATUSES[kind]:
        return status
    if kind is Kind.PRAISE:
        return Status.READ if status in READ else Status.RECEIVED
    found = (OF_PROBLEMS if kind is Kind.PROBLEM else OF_SUGGESTIONS).get(status, status)
    return found if found in STATUSES[kind] else Status.RECEIVED


def _shorter(word: str) -> Iterator[str]:
    """A word, then the word without additions, as in `Shipped in 2.3` and `Declined (no driver)`."""
    yield _plain(word)
    words = _plain(_BRACKETS.sub("", _NAMED.sub("", word))).split()
    yield " ".join(words)
    for place in range(len(words) - 1, 0, -1):
        if words[place] in FOLLOWING or words[place].isdigit():
            yield " ".join(words[:place])


def _plain(word: str) -> str:
    return " ".join(_MARKS.sub(" ", fold(word)).split())
