"""The commands for every member."""

from bot.commands.registry import Command
from bot.features.feedback import browsing
from bot.features.feedback.intake import filing
from bot.features.feedback.own import listing, mine, placing
from bot.features.people import data, help, linking, privacy
from bot.features.questions import answers
from bot.features.questions.learning import proposing
from bot.features.telling import dialogue, notifications
from bot.locales.words import mark
from storage.vocabulary import DEFAULT_AUDIENCE, Kind, Naming


def _usual(kind: Kind) -> dict[str, str]:
    """The audience and the naming of feedback whose author chooses neither."""
    return {"audience": DEFAULT_AUDIENCE[kind].value, "name": Naming.NAMED.value}


def members() -> tuple[Command, ...]:
    """The commands for every member."""
    return (
        Command(
            "suggest",
            filing.suggest,
            {"fr": "suggerer"},
            ("suggestion", "idea", "idee"),
            asks=mark("What would you suggest?"),
            limited="filings",
            usual=_usual(Kind.SUGGESTION),
        ),
        Command(
            "problem",
            filing.problem,
            {"fr": "probleme"},
            ("complain", "complaint", "reclamer", "plainte", "bug"),
            asks=mark("What is the problem?"),
            limited="filings",
            usual=_usual(Kind.PROBLEM),
        ),
        Command(
            "praise",
            filing.praise,
            {"fr": "bravo"},
            asks=mark("What went well?"),
            limited="filings",
            usual=_usual(Kind.PRAISE),
        ),
        Command(
            "ask",
            answers.ask,
            {"fr": "question"},
            aloud=True,
            asks=mark("What would you like to know?"),
            limited="questions",
            usual={"name": Naming.NAMED.value},
        ),
        Command(
            "propose",
            proposing.propose,
            {"fr": "proposer"},
            asks=mark("Which question do you know the answer to?"),
            limited="filings",
        ),
        Command("mine", listing.mine, {"fr": "mesretours"}, in_place=True),
        Command("status", mine.status, {"fr": "statut"}, asks=mark("Which number?")),
        Command("area", placing.area, {"fr": "domaine"}, asks=mark("Which number?"), in_place=True),
        Command("top", browsing.top, {"fr": "tendances"}, public=True, in_place=True),
        Command("notifications", notifications.notifications, {"fr": "notifications"}, ("news",), in_place=True),
        Command("dialogue", dialogue.dialogue, {"fr": "dialogue"}, in_place=True),
        Command("help", help.help_, {"fr": "aide"}, anywhere=True),
        Command(
            "language",
            help.language,
            {"fr": "langue"},
            anywhere=True,
            asks=mark("Which language: en, fr or auto?"),
            in_place=True,
        ),
        Command("link", linking.link, {"fr": "relier"}, anywhere=True, listed=False, limited="links", in_place=True),
        Command(
            "unlink", linking.unlink, {"fr": "delier"}, anywhere=True, listed=False, limited="links", in_place=True
        ),
        Command("privacy", privacy.privacy, {"fr": "confidentialite"}, anywhere=True),
        Command("mydata", data.mydata, {"fr": "mesdonnees"}, anywhere=True, limited="exports"),
        Command("forgetme", privacy.forgetme, {"fr": "effacermesdonnees"}, anywhere=True),
    )
