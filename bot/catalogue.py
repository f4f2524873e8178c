"""The list of all commands, from which slash commands, menus, help and the documentation are generated."""

from bot.commands.registry import Command, Registry
from bot.features.digest import publish
from bot.features.feedback import (
    answering,
    appealing,
    browsing,
    changing,
    filing,
    mine,
    objecting,
    offering,
    overtaken,
    ownership,
    passing,
    placing,
    rewording,
    showing,
)
from bot.features.moderation import (
    asking,
    blocks,
    contesting,
    joining,
    praising,
    reopening,
    triage,
    undoing,
    view,
)
from bot.features.people import cancelling, data, erasing, help, inviting, linking, privacy, setup, talking
from bot.features.questions import (
    answers,
    considering,
    editing,
    learning,
    lookup,
    outdated,
    proposals,
    proposing,
    sending,
    unanswered,
    unlearning,
)
from bot.features.trust import responding, urgency
from bot.locales.words import mark
from bot.ports.inbound import Role
from storage.vocabulary import DEFAULT_AUDIENCE, Kind, Naming


def registry() -> Registry:
    """The product's commands, in the order people see them."""
    return Registry((*members(), *moderators(), *pressed()))


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
            ("complain", "reclamer"),
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
        Command("mine", mine.mine, {"fr": "mesretours"}, in_place=True),
        Command("status", mine.status, {"fr": "statut"}, asks=mark("Which number?")),
        Command("area", placing.area, {"fr": "domaine"}, asks=mark("Which number?"), in_place=True),
        Command("top", browsing.top, {"fr": "tendances"}, public=True, in_place=True),
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
        Command(
            "unlearn",
            unlearning.unlearn,
            {"fr": "desapprendre"},
            role=Role.MODERATOR,
            listed=False,
            asks=mark("Which question does the answer belong to?"),
        ),
        Command("digest", publish.digest, {"fr": "synthese"}, role=Role.MODERATOR),
        Command(
            "block", blocks.block, {"fr": "bloquer"}, role=Role.MODERATOR, asks=mark("Which number?"), in_place=True
        ),
        Command("read_all", praising.read_all, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("undo", undoing.undo, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("narrow", undoing.narrow, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command(
            "askauthor",
            asking.ask_author,
            {"fr": "demander"},
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
            ("regrouper", "merge"),
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
        Command("bring", setup.bring, role=Role.MODERATOR, public=True, listed=False, typed=False),
    )


def pressed() -> tuple[Command, ...]:
    """The commands behind buttons; some can be typed too."""
    return (
        Command(
            "edit",
            changing.edit,
            {"fr": "modifier"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
            lasting=True,
        ),
        Command(
            "withdraw", changing.withdraw, {"fr": "retirer"}, listed=False, asks=mark("Which number?"), in_place=True
        ),
        Command(
            "visibility",
            showing.visibility,
            {"fr": "visibilite"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command(
            "support",
            mine.support_item,
            {"fr": "soutenir"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
            lasting=True,
        ),
        Command(
            "follow",
            mine.follow,
            {"fr": "suivre"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
            lasting=True,
        ),
        Command("listed", browsing.listed, listed=False, typed=False, lasting=True),
        Command("keep", rewording.keep, listed=False, typed=False, in_place=True),
        Command("leave", rewording.leave, listed=False, typed=False, in_place=True),
        Command("urgent", urgency.urgent, listed=False, typed=False, limited=""),
        Command("respond", responding.respond, listed=False, typed=False),
        Command(
            "appeal", appealing.appeal, {"fr": "contester"}, listed=False, asks=mark("Which number?"), in_place=True
        ),
        Command("objection", objecting.objection, listed=False, typed=False, in_place=True),
        Command("reply", answering.reply, listed=False, typed=False, limited="filings"),
        Command("start", setup.start, anywhere=True, listed=False),
        Command(
            "join", inviting.join, {"fr": "rejoindre"}, anywhere=True, listed=False, asks=mark("Which invitation?")
        ),
        Command("community", setup.community, {"fr": "communaute"}, anywhere=True, listed=False, in_place=True),
        Command(
            "cancel",
            cancelling.cancel,
            {"fr": "annuler"},
            ("stop",),
            anywhere=True,
            listed=False,
            limited="",
            in_place=True,
        ),
        Command("send", filing.send, listed=False, typed=False, limited="", in_place=True),
        Command("receipt", filing.receipt, listed=False, typed=False),
        Command("rewrite", filing.rewrite, listed=False, typed=False),
        Command("file", filing.file, listed=False, typed=False, limited="filings", in_place=True),
        Command("offer", offering.offer, listed=False, typed=False),
        Command("explain", filing.explain, listed=False, typed=False),
        Command("discard", filing.discard, listed=False, typed=False, in_place=True),
        Command("overtaken", overtaken.overtaken, listed=False, typed=False),
        Command("send_answer", sending.send_answer, role=Role.MODERATOR, listed=False, typed=False),
        Command("add_wording", proposals.add_wording, role=Role.MODERATOR, listed=False, typed=False),
        Command("answer_alike", unanswered.answer_alike, role=Role.MODERATOR, listed=False, typed=False),
        Command("learn", learning.learn, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("drop", unlearning.drop, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("approve", considering.approve, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("decline", considering.decline, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("retract", proposing.retract, listed=False, typed=False, in_place=True),
        Command("prolong", outdated.prolong, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("unkeep", unlearning.unkeep, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("relearn", unlearning.relearn, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("place", placing.area, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("passed", passing.passed, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("nobody", ownership.nobody, public=True, listed=False, typed=False),
        Command("forwarded", ownership.forwarded, listed=False, typed=False, in_place=True),
        Command("adopt", ownership.adopt, listed=False, typed=False, limited="filings", in_place=True),
        Command("lookup", lookup.lookup, {"fr": "chercher"}, aloud=True, listed=False, limited="questions"),
        Command("read", lookup.read, aloud=True, listed=False, typed=False),
        Command("more", blocks.more, role=Role.MODERATOR, listed=False, typed=False),
        Command(
            "contest",
            contesting.contest,
            listed=False,
            typed=False,
            asks=mark("What should the team know? Your name is not passed on."),
            in_place=True,
        ),
        Command("amend", changing.amend, listed=False, typed=False),
        Command("reword", changing.reword, listed=False, typed=False, in_place=True),
        Command("pick", answers.pick, aloud=True, listed=False, typed=False, in_place=True),
        Command("none_of_these", answers.none_of_these, aloud=True, listed=False, typed=False, in_place=True),
        Command("reask", editing.reask, aloud=True, listed=False, typed=False, limited="questions"),
        Command("useful", answers.useful, aloud=True, listed=False, typed=False, in_place=True),
        Command("talk", talking.talk, aloud=True, listed=False, typed=False, limited="questions"),
        Command("overhear", answers.overhear, public=True, owned=True, listed=False, typed=False, limited=""),
    )
