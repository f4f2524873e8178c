"""The names that people and other tools give the columns of tables of feedback, in English and French."""

from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "external id", "post id", "idea id", "suggestion id", "request id", "feedback id", "identifiant",
           "number", "numero", "n", "no", "key", "cle", "uuid", "ref", "reference", "sid", "pid"),
    "kind": ("kind",),
    "type": ("type", "genre", "nature", "sorte", "feedback type", "post type"),
    "title": ("title", "titre", "intitule", "post title", "idea title", "suggestion title", "request title",
              "subject", "sujet", "objet", "headline", "idea name"),
    "summary": ("summary", "resume", "abstract", "chapeau"),
    "text": ("text", "texte", "description", "body", "body text", "content", "contenu", "raw", "details",
             "post details", "post content", "idea description", "suggestion text", "message", "corps",
             "suggestion", "idea", "idee", "feedback", "feedback text", "proposition", "demande", "request",
             "retour", "remarque", "commentaire"),
    "author": ("author", "auteur", "auteure", "author name", "creator", "creator name", "idea creator name",
               "created by", "cree par", "submitted by", "submitter", "posted by", "user", "user name", "username",
               "suggester", "reporter", "member", "membre", "pseudo", "from"),
    "at": ("at", "created at", "created", "date", "date created", "created date", "created on", "creation date",
           "date de creation", "cree le", "created timestamp", "timestamp", "horodateur", "date time",
           "submitted at", "submitted", "submitted on", "date submitted", "posted at", "post created",
           "published at", "le"),
    "changed": ("status changed at", "status updated at", "decided at", "decide le", "closed at", "ferme le",
                "completed at", "resolved at", "responded at", "response at", "public status updated timestamp",
                "changed at", "updated at", "last updated", "updated", "modified at", "modifie le", "mis a jour le"),
    "status": ("status", "statut", "state", "etat", "post status", "public status name", "status name", "stage",
               "etape", "list name", "collect status"),
    "reason": ("reason", "raison", "motif", "response", "reponse", "official response", "status note",
               "decision note", "resolution note", "denial reason", "public status update message"),
    "support": ("support", "supports", "soutiens", "soutien", "votes", "vote count", "votes count",
                "number of votes", "nombre de votes", "vote total", "total votes", "voters", "voters count",
                "supporters", "supporters count", "supporter count", "upvotes", "up votes", "upvote count",
                "total up votes", "score", "points", "likes", "like", "signatures", "signature", "vote", "voix",
                "votants", "reactions"),
    "voter": ("voter", "votant", "votante", "voter id", "voter email", "voter name", "voted by", "supporter",
              "supporter id", "supporter email", "supporter name", "user email address"),
    "area": ("area", "domaine", "category", "categorie", "category name", "board", "board name", "forum",
             "forum name", "section", "product area", "topic", "theme", "rubrique", "tag", "tags", "labels",
             "campaign"),
    "audience": ("audience",),
    "name": ("name", "nom"),
    "visibility": ("visibility",),
}  # fmt: skip
"""By column, the names its header cell may have, folded; of several cells, the name listed first counts."""
TEXTS = {"text", "title"}
"""Columns of text, of which a table must have one."""
IDEAS = ("idea", "idee", "suggestion", "request", "demande", "proposition", "feature", "feature request")
"""Names of a text column that is the title if there is a description, too."""
THINGS = ("arguments?", "cards?", "contributions?", "features?", "feedbacks?", "ideas?", "idees?", "issues?", "items?",
          "notes?", "petitions?", "posts?", "proposals?", "propositions?", "requests?", "suggestions?", "tickets?",
          "topics?")  # fmt: skip
"""The things that a column's title may name, as in `proposal title`."""
