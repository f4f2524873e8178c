"""What things are called between Discord and the core: custom ids, options, places."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from discord.utils import time_snowflake

PLATFORM = "discord"
OPENING = "pv"
"""Opens every custom id of ours: a channel may hold other bots' buttons."""

FRENCH: Mapping[str, str] = {
    "text": "texte",
    "question": "question",
    "area": "domaine",
    "visibility": "visibilite",
    "number": "numero",
    "verdict": "decision",
    "about": "commande",
    "reason": "raison",
    "action": "action",
    "language": "langue",
    "code": "code",
    "file": "fichier",
}
"""Options are named in lower case without spaces, so their labels do not serve."""


class Opener(NamedTuple):
    """A form to open.

    Attributes:
        prompt: the stored prompt's id, which the form answers.
        fields: the parameters to fill in; with none, all that can be.
    """

    command: str
    prompt: str
    fields: tuple[str, ...]


def button_id(token: str) -> str:
    """The custom id of a button."""
    return f"{OPENING}:{token}"


def choice_id(token: str) -> str:
    """The custom id of a button that fills in part of a question, whose words are typed."""
    return f"{OPENING}:choice:{token}"


def is_choice(custom_id: str) -> bool:
    """Whether a button fills in part of a question."""
    return custom_id.startswith(choice_id(""))


def token_of(custom_id: str) -> str | None:
    """The token behind a button of ours."""
    opening, _, token = custom_id.replace(choice_id(""), button_id(""), 1).partition(":")
    return token if opening == OPENING and token and ":" not in token else None


def form_id(command: str, prompt: str) -> str:
    """The custom id of a form: all there is to know when it comes back, also after a restart."""
    return f"{OPENING}:form:{command}:{prompt}"


def form_of(custom_id: str) -> tuple[str, str] | None:
    """The command and the prompt of a form of ours."""
    parts = custom_id.split(":")
    return (parts[2], parts[3]) if len(parts) == 4 and parts[:2] == [OPENING, "form"] else None


def opener_id(command: str, prompt: str, fields: Sequence[str]) -> str:
    """The custom id of a button that opens a form."""
    return f"{OPENING}:open:{command}:{prompt}:{','.join(fields)}"


def opener_of(custom_id: str) -> Opener | None:
    """What a button of ours opens."""
    parts = custom_id.split(":")
    if len(parts) != 5 or parts[:2] != [OPENING, "open"]:
        return None
    return Opener(parts[2], parts[3], tuple(name for name in parts[4].split(",") if name))


def edit_id(message: int, at: datetime) -> str:
    """The id of an edit, which Discord gives none: the same however often it is told, and as old as the edit."""
    return f"{time_snowflake(at)}:{message}"
