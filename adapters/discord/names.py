"""The custom ids of buttons and forms, and the French names of command options."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from discord.utils import time_snowflake

PLATFORM = "discord"
PREFIX = "pv"
"""The prefix of all custom ids of this bot, since a channel may contain other bots' buttons."""

_BUTTON = re.compile(rf"{PREFIX}:(?:choice:)?(?:\d+:)?([^:]+)")

FRENCH: Mapping[str, str] = {
    "usual": "habituel",
    "english": "anglais",
    "french": "francais",
    "preset": "modele",
    "text": "texte",
    "question": "question",
    "heading": "intitulé",
    "area": "domaine",
    "community": "communauté",
    "audience": "visible-par",
    "name": "nom",
    "number": "numéro",
    "verdict": "décision",
    "numbers": "numéros",
    "link": "lien",
    "status": "statut",
    "team": "équipe",
    "day": "jour",
    "about": "commande",
    "reason": "raison",
    "term": "durée",
    "action": "action",
    "language": "langue",
    "code": "code",
    "file": "fichier",
    "person": "personne",
    "use": "usage",
    "order": "ordre",
    "words": "mots",
    "kind": "genre",
    "age": "anciennete",
    "owner": "responsable",
    "period": "période",
    "to": "vers",
    "others": "autres",
    "often": "fréquence",
}
"""The French option names by parameter: Discord wants lower case without spaces, so labels cannot be used."""

ACCENTED: Mapping[str, str] = {
    "suggerer": "suggérer",
    "probleme": "problème",
    "confidentialite": "confidentialité",
    "mesdonnees": "mesdonnées",
    "effacermesdonnees": "effacermesdonnées",
    "atraiter": "àtraiter",
    "sansreponse": "sansréponse",
    "retablir": "rétablir",
    "repondre": "répondre",
    "synthese": "synthèse",
    "debloquer": "débloquer",
    "visibilite": "visibilité",
    "communaute": "communauté",
    "echeance": "échéance",
}
"""French command names with accents, which Discord allows; also understood when typed without."""


class Opener(NamedTuple):
    """The data in the custom id of a button that opens a form.

    Attributes:
        prompt: the id of the stored prompt that the form answers.
        fields: the parameters to fill in; empty for all.
    """

    command: str
    prompt: str
    fields: tuple[str, ...]


def button_id(token: str) -> str:
    """The custom id of a button."""
    return f"{PREFIX}:{token}"


def choice_id(token: str) -> str:
    """The custom id of a button that fills in one parameter of an open question, whose text is typed."""
    return f"{PREFIX}:choice:{token}"


def is_choice(custom_id: str) -> bool:
    """Whether a custom id was made by `choice_id`."""
    return custom_id.startswith(choice_id(""))


def numbered_id(custom_id: str, number: int) -> str:
    """The custom id of a further button with the same action, since custom ids in a message must differ."""
    head, _, token = custom_id.rpartition(":")
    return f"{head}:{number}:{token}"


def token_of(custom_id: str) -> str | None:
    """The token in the custom id of a button; None when it is not one of this bot's."""
    found = _BUTTON.fullmatch(custom_id)
    return found[1] if found else None


def menu_id(first: str) -> str:
    """The custom id of a select, made from its first option's, since custom ids in a message must differ."""
    return f"{PREFIX}:menu:{hashlib.sha256(first.encode()).hexdigest()[:16]}"


def form_id(command: str, prompt: str) -> str:
    """The custom id of a form, with all that is needed to read the form when submitted, even after a restart."""
    return f"{PREFIX}:form:{command}:{prompt}"


def form_of(custom_id: str) -> tuple[str, str] | None:
    """The command and the prompt id in the custom id of a form; None when it is not one of this bot's."""
    parts = custom_id.split(":")
    return (parts[2], parts[3]) if len(parts) == 4 and parts[:2] == [PREFIX, "form"] else None


def opener_id(command: str, prompt: str, fields: Sequence[str]) -> str:
    """The custom id of a button that opens a form."""
    return f"{PREFIX}:open:{command}:{prompt}:{','.join(fields)}"


def opener_of(custom_id: str) -> Opener | None:
    """The data in the custom id of a button that opens a form; None when it is no such button of this bot."""
    parts = custom_id.split(":")
    if len(parts) != 5 or parts[:2] != [PREFIX, "open"]:
        return None
    return Opener(parts[2], parts[3], tuple(name for name in parts[4].split(",") if name))


def edit_id(message: int, at: datetime) -> str:
    """An event id for an edit, which has none on Discord: the same for each delivery of it, and sorted by time."""
    return f"{time_snowflake(at)}:{message}"
