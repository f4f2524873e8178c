"""The commands behind buttons."""

from bot.commands.registry import Command
from bot.features.feedback import browsing, voicing
from bot.features.feedback.intake import detailed, filing, known_issues, offering, overtaken, ownership, passing
from bot.features.feedback.own import answering, appealing, changing, mine, objecting, placing, rewording, showing
from bot.features.moderation import files
from bot.features.moderation.authors import blocks, contesting
from bot.features.people import cancelling, inviting, setup, talking
from bot.features.questions import answers, editing, lookup, sharing, unasking
from bot.features.questions.learning import (
    considering,
    holdings,
    labelling,
    learning,
    outdated,
    phrasings,
    proposing,
    unlearning,
)
from bot.features.questions.waiting import consent, sending, spreading, unsuited
from bot.features.telling import declining, dialogue, inquiring, muting, saying
from bot.features.trust import responding, urgency
from bot.locales.words import mark
from bot.ports.inbound import Role


def pressed() -> tuple[Command, ...]:
    """The commands behind buttons; some can be typed too."""
    return (
        Command("particulars", detailed.particulars, listed=False, typed=False, asks=mark("The team asks:")),
        Command(
            "edit",
            changing.edit,
            {"fr": "modifier"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
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
            "why",
            voicing.why,
            {"fr": "pourquoi"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command("unsay", voicing.unsay, listed=False, typed=False, in_place=True),
        Command(
            "follow",
            mine.follow,
            {"fr": "suivre"},
            listed=False,
            asks=mark("Which number?"),
            in_place=True,
            lasting=True,
        ),
        Command("mute", muting.mute, {"fr": "silence"}, listed=False, asks=mark("Which number?")),
        Command("leave_out", saying.leave_out, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("say_otherwise", saying.say_otherwise, role=Role.MODERATOR, listed=False, typed=False),
        Command("say_it", saying.say_it, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("quoting", saying.quoting, listed=False, typed=False),
        Command("ready", dialogue.ready, listed=False, typed=False, in_place=True),
        Command("not_now", declining.not_now, listed=False, typed=False, in_place=True),
        Command("answer_team", inquiring.answer_team, listed=False, typed=False, limited="filings"),
        Command("it_helped", inquiring.it_helped, role=Role.MODERATOR, listed=False, typed=False),
        Command("conclude", inquiring.conclude, role=Role.MODERATOR, listed=False, typed=False),
        Command("unask", unasking.unask, listed=False, typed=False),
        Command("listed", browsing.listed, listed=False, typed=False, lasting=True),
        Command("keep", rewording.keep, listed=False, typed=False, in_place=True),
        Command("leave", rewording.leave, listed=False, typed=False, in_place=True),
        Command("urgent", urgency.urgent, listed=False, typed=False, limited=""),
        Command(
            "confide",
            urgency.confide,
            listed=False,
            typed=False,
            asks=mark("What should the trusted contacts read?"),
            limited="",
        ),
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
        Command("send_answer", sending.send_answer, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("add_wording", phrasings.add_wording, role=Role.MODERATOR, listed=False, typed=False),
        Command("answer_alike", spreading.answer_alike, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("leave_alike", spreading.leave_alike, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("unsuited", unsuited.unsuited, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("set_aside", unsuited.set_aside, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("ask_to_file", consent.ask_to_file, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("file_asked", consent.file_asked, listed=False, typed=False, limited="filings", in_place=True),
        Command("leave_asked", consent.leave_asked, listed=False, typed=False, in_place=True),
        Command("learn", learning.learn, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("drop", unlearning.drop, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("approve", considering.approve, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("decline", considering.decline, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("know", proposing.know, listed=False, typed=False, limited="filings"),
        Command("share", sharing.share, listed=False, typed=False, in_place=True),
        Command("retract", proposing.retract, listed=False, typed=False, in_place=True),
        Command("prolong", outdated.prolong, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("entry", holdings.entry, role=Role.MODERATOR, listed=False, typed=False),
        Command("file_under", labelling.file_under, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("hold_until", labelling.hold_until, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("unkeep", unlearning.unkeep, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("relearn", unlearning.relearn, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("place", placing.area, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("passed", passing.passed, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("nobody", ownership.nobody, public=True, listed=False, typed=False),
        Command("forwarded", ownership.forwarded, listed=False, typed=False, in_place=True),
        Command("adopt", ownership.adopt, listed=False, typed=False, limited="filings", in_place=True),
        Command("lookup", lookup.lookup, {"fr": "chercher"}, aloud=True, listed=False, limited="questions"),
        Command("read", lookup.read, aloud=True, listed=False, typed=False),
        # For a member, so that a press in the team's place is answered to whoever pressed alone.
        Command("files", files.files, listed=False, typed=False),
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
        Command("ask_anyway", answers.ask_anyway, aloud=True, listed=False, typed=False, limited="questions"),
        Command("join_incident", known_issues.join_incident, listed=False, typed=False),
        Command("reask", editing.reask, aloud=True, listed=False, typed=False, limited="questions"),
        Command("useful", answers.useful, aloud=True, listed=False, typed=False, in_place=True),
        Command("talk", talking.talk, aloud=True, listed=False, typed=False, limited="questions"),
        Command("overhear", answers.overhear, public=True, owned=True, listed=False, typed=False, limited=""),
    )
