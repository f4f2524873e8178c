"""The commands for moderators."""

from bot.commands.registry import Command
from bot.features.alerts import pressing as alerts
from bot.features.digest import pulse, taking
from bot.features.digest.posting import publish
from bot.features.digest.words import details
from bot.features.feedback.intake import passing
from bot.features.impact import reporting
from bot.features.moderation import incidents, joining, routes, urgency, view, wording
from bot.features.moderation.authors import asking, blocks
from bot.features.moderation.outcomes import praising, reopening, undoing
from bot.features.moderation.queue import classifying, triage
from bot.features.people import erasing, inviting, presets, setup
from bot.features.questions.learning import holdings, unlearning
from bot.features.questions.waiting import unanswered
from bot.features.telling import saying, soliciting
from bot.features.themes import changing, listing
from bot.locales.words import mark
from bot.ports.inbound import Role


def moderators() -> tuple[Command, ...]:
    """The additional commands for moderators."""
    return (
        Command("queue", triage.queue, {"fr": "atraiter"}, role=Role.MODERATOR),
        Command("unanswered", unanswered.unanswered, {"fr": "sansreponse"}, role=Role.MODERATOR),
        Command(
            "publish",
            view.publish,
            {"fr": "publier"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command(
            "remove",
            view.remove,
            {"fr": "masquer"},
            ("hide",),
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command(
            "restore",
            view.restore,
            {"fr": "retablir"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command("answer", unanswered.answer, {"fr": "repondre"}, role=Role.MODERATOR, listed=False),
        Command("knowledge", holdings.list_knowledge, {"fr": "connaissances"}, role=Role.MODERATOR),
        Command(
            "unlearn",
            unlearning.unlearn,
            {"fr": "desapprendre"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which question does the answer belong to?"),
        ),
        Command("digest", publish.digest, {"fr": "synthese"}, role=Role.MODERATOR),
        Command("themes", listing.themes, {"fr": "themes"}, role=Role.MODERATOR),
        Command("nametheme", changing.nametheme, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("mergetheme", changing.mergetheme, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("mutetheme", changing.mutetheme, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("onit", alerts.onit, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("falsealarm", alerts.falsealarm, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("details", details.details, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("taketheme", taking.taketheme, role=Role.MODERATOR, listed=False, typed=False),
        Command("pulse", pulse.pulse, {"fr": "pouls"}, role=Role.MODERATOR),
        Command("impact", reporting.impact, {"fr": "impact"}, role=Role.MODERATOR),
        Command(
            "block", blocks.block, {"fr": "bloquer"}, role=Role.MODERATOR, asks=mark("Which number?"), in_place=True
        ),
        Command("incident", incidents.incident, {"fr": "incident"}, role=Role.MODERATOR),
        Command("route", routes.route, {"fr": "aiguiller"}, role=Role.MODERATOR),
        Command("severe", urgency.severe, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("askready", soliciting.ask_ready, {"fr": "solliciter"}, role=Role.MODERATOR, listed=False),
        Command("asktheme", soliciting.ask_theme, role=Role.MODERATOR, listed=False, typed=False),
        Command("said", saying.said, {"fr": "vousaviezdit"}, role=Role.MODERATOR),
        Command("read_all", praising.read_all, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("classify", classifying.classify, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("undo", undoing.undo, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("narrow", undoing.narrow, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command(
            "askauthor",
            asking.ask_author,
            {"fr": "demander"},
            ("needsmore",),
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
        ),
        Command(
            "reopen",
            reopening.reopen,
            {"fr": "rouvrir"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
        ),
        Command("unblock", blocks.unblock, {"fr": "debloquer"}, role=Role.MODERATOR, in_place=True),
        Command(
            "jointo",
            joining.jointo,
            {"fr": "rattacher"},
            ("regrouper", "joindre", "fusionner", "merge"),
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command(
            "separate",
            joining.separate,
            {"fr": "separer"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command("erase", erasing.erase, {"fr": "effacer"}, role=Role.MODERATOR, in_place=True),
        Command("invite", inviting.invite, {"fr": "inviter"}, role=Role.MODERATOR),
        Command("passon", passing.passon, {"fr": "transmettre"}, role=Role.MODERATOR, listed=False),
        Command(
            "setup",
            setup.setup,
            {"fr": "installer"},
            role=Role.MODERATOR,
            public=True,
            anywhere=True,
            listed=False,
            asks=mark("Which code?"),
        ),
        Command(
            "preset",
            presets.preset,
            {"fr": "modele"},
            role=Role.MODERATOR,
            public=True,
            listed=False,
            in_place=True,
        ),
        Command("words", wording.words, {"fr": "vocabulaire"}, role=Role.MODERATOR, listed=False),
        Command("usual_word", wording.usual_word, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("bring", setup.bring, role=Role.MODERATOR, public=True, listed=False, typed=False),
    )
