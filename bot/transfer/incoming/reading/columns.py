"""Knows the columns of tables of feedback by the names that people and other tools give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cells import abridge
from bot.language.text.normalise import fold

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "external id", "post id", "idea id", "suggestion id", "request id", "feedback id", "identifiant",
           "number", "numero", "n", "no", "key", "cle", "uuid", "ref", "reference", "sid"),
    "kind": ("kind",),
    "type": ("type", "genre", "nature", "sorte", "feedback type", "post type"),
    "title": ("title", "titre", "intitule", "post title", "idea title", "suggestion title", "request title", "subject",
              "sujet", "objet", "headline", "summary", "resume", "idea name"),
    "text": ("text", "texte", "description", "body", "content", "contenu", "details", "post details", "post content",
             "idea description", "suggestion text", "message", "corps", "suggestion", "idea", "idee", "feedback",
             "feedback text", "proposition", "demande", "request", "retour", "remarque", "commentaire"),
    "author": ("author", "auteur", "auteure", "author name", "creator", "creator name", "idea creator name",
               "created by", "cree par", "submitted by", "submitter", "posted by", "user", "user name", "username",
               "suggester", "member", "membre", "pseudo", "from"),
    "at": ("at", "created at", "created", "date", "date created", "created date", "created on", "creation date",
           "date de creation", "cree le", "created timestamp", "timestamp", "submitted at", "submitted", "submitted on",
           "date submitted", "posted at", "post created", "published at", "le"),
    "changed": ("status changed at", "status updated at", "decided at", "decide le", "closed at", "ferme le",
                "completed at", "resolved at", "responded at", "response at", "public status updated timestamp",
                "changed at", "updated at", "last updated", "updated", "modified at", "modifie le", "mis a jour le"),
    "status": ("status", "statut", "state", "etat", "post status", "public status name", "status name", "stage",
               "etape"),
    "reason": ("reason", "raison", "motif", "response", "reponse", "official response", "status note", "decision note",
               "resolution note", "denial reason", "public status update message"),
    "support": ("support", "supports", "soutiens", "soutien", "votes", "vote count", "votes count", "number of votes",
                "nombre de votes", "vote total", "total votes", "voters", "voters count", "supporters",
                "supporters count", "supporter count", "upvotes", "up votes", "upvote count", "total up votes", "score",
                "points", "likes", "voix", "votants", "reactions"),
    "voter": ("voter", "votant", "votante", "voter id", "voter email", "voter name", "voted by", "supporter",
              "supporter id", "supporter email", "supporter name", "user email address"),
    "area": ("area", "domaine", "category", "categorie", "category name", "board", "board name", "forum",
             "forum name", "section", "product area", "topic", "theme", "rubrique", "tag", "tags", "labels"),
    "audience": ("audience",),
    "name": ("name",),
    "visibility": ("visibility",),
}  # fmt: skip
"""By column, the names its header cell may have, without accents and capitals; the first of a name counts."""
TEXTS = {"text", "title"}
"""Columns of words, of which a table must have one."""
EXPORTED = {"number", "changed at", "community"}
"""Columns that only our own export has: its cells are escaped within, too."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[^\w]+|_+")
_BRACKETS = re.compile(r"\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a header row.

    Attributes:
        at: by column, its position.
        unread: the titles of columns that are not read.
        exported: whether our own export wrote it.
    """

    at: Mapping[str, int]
    unread: Sequence[str]
    exported: bool = False

    @property
    def has_words(self) -> bool:
        """Whether there is a column of words."""
        return bool(TEXTS & set(self.at))


def recognise(titles: Sequence[str], names: Mapping[str, tuple[str, ...]] = NAMES) -> Columns:
    """The columns of a header row; of several titles of one column, the one that is its foremost name counts."""
    words = [word_of(title) for title in titles]
    at: dict[str, int] = {}
    for column, known in names.items():
        held = [word for word in words if word in known and words.index(word) not in at.values()]
        if held:
            at[column] = words.index(min(held, key=known.index))
    read = set(at.values())
    unread = [abridge(" ".join(title.split())) for number, title in enumerate(titles) if number not in read]
    return Columns(at, [title for title in unread if title], exported=set(words) >= EXPORTED)


def word_of(title: str) -> str:
    """A title as it is compared: `createdAt`, `created_at` and `Created at (UTC)` are one."""
    plain = fold(_HUMP.sub(" ", _BRACKETS.sub("", title)))
    return " ".join(_MARKS.sub(" ", plain).split())
