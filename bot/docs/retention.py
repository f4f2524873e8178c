"""Generates the table of how long each kind of data is kept, in English and French."""

from collections.abc import Mapping

from bot.docs.tables import rows
from bot.settings.config import Retention
from storage.privacy.erased import KEPT
from storage.traffic import prompts
from storage.values import frozen


@frozen
class Words:
    """The words of the table in one language.

    Attributes:
        kinds: by setting, the description of the data it is about.
        days: a retention of a number of days.
        forever: a retention without an end.
    """

    head: tuple[str, str, str]
    kinds: Mapping[str, str]
    drafts: str
    erased: str
    account: str
    block: tuple[str, str]
    ready: tuple[str, str]
    rate: tuple[str, str]
    days: str
    one: str
    forever: str


ENGLISH = Words(
    head=("What", "Kept", "Setting"),
    kinds={
        "feedback": "Words, author and files of feedback, counted from its outcome",
        "questions": "The words of questions and who asked, proposed answers, and which questions members were sent",
        "digests": "The words of archived digests, and whom they name",
        "buttons": "Buttons that can still be pressed, and which message shows an item to its author",
        "unsent": "Messages that still wait to be delivered",
        "private_chats": "Sealed addresses of private chats (Discord)",
        "sent": "That a message was delivered, without its words; messages that were given up",
        "inbox": "Numbers of events, without their content",
        "left_places": "Places the bot was removed from, and communities that the settings do not name any more",
    },
    drafts="Forms and drafts that were not sent",
    erased="Keyed marks of erased accounts, in a file outside the database",
    account="Accounts, memberships, what a person supports and follows",
    block=("Blocks of authors, each by a keyed mark", "until the block ends"),
    ready=("What people are ready to talk about with the team", "until the day it ends"),
    rate=("When a person last used the bot, by a keyed mark, where several processes count it", "1 day at most"),
    days="{n} days",
    one="1 day",
    forever="until erased",
)
FRENCH = Words(
    head=("Quoi", "Gardé", "Réglage"),
    kinds={
        "feedback": "Les mots, l’auteur et les fichiers d’un retour, à compter de son issue",
        "questions": "Les mots des questions, qui les a posées, les réponses proposées, et à qui elles sont envoyées",
        "digests": "Les mots des synthèses archivées, et qui elles nomment",
        "buttons": "Les boutons encore utilisables, et le message qui montre un retour à son auteur",
        "unsent": "Les messages qui attendent encore d’être remis",
        "private_chats": "Les adresses scellées des conversations privées (Discord)",
        "sent": "Qu’un message a été remis, sans ses mots ; les messages abandonnés",
        "inbox": "Les numéros des événements, sans leur contenu",
        "left_places": "Les lieux dont le bot a été retiré, et les communautés que les réglages ne nomment plus",
    },
    drafts="Les formulaires et brouillons non envoyés",
    erased="Les codes sans nom des comptes effacés, dans un fichier hors de la base",
    account="Les comptes, les appartenances, les soutiens et les suivis",
    block=("Les blocages d’auteurs, chacun par un code sans nom", "jusqu’à la fin du blocage"),
    ready=("Ce dont des personnes veulent bien parler avec l’équipe", "jusqu’au jour où cela prend fin"),
    rate=("Les derniers usages du bot, par un code sans nom, là où plusieurs processus les comptent", "1 jour au plus"),
    days="{n} jours",
    one="1 jour",
    forever="jusqu’à l’effacement",
)


def table(words: Words) -> str:
    """A table of every kind of data with the days it is kept by default and the setting that changes them."""
    ruled = [(words.kinds[name], _days(words, _default(name)), f"`retention.{name}`") for name in words.kinds]
    fixed = [
        (words.drafts, _days(words, prompts.PATIENCE.days), ""),
        (words.erased, _days(words, KEPT.days), ""),
        (words.account, words.forever, ""),
        (*words.block, ""),
        (*words.ready, "`communities.telling.ready_days`"),
        (*words.rate, ""),
    ]
    return rows(words.head, [*ruled, *fixed])


def _default(name: str) -> int:
    return int(getattr(Retention(), name))


def _days(words: Words, days: int) -> str:
    if not days:
        return words.forever
    return words.one if days == 1 else words.days.format(n=days)
