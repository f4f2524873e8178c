"""The moderators' commands for decisions, and for owners, due dates and notes."""

from bot.commands.registry import Command
from bot.features.moderation.care import dating, noting, owning
from bot.features.moderation.outcomes import alike, bulk, choosing, explaining, reasons, retraction
from bot.locales.words import mark
from bot.ports.inbound import Role


def deciding() -> tuple[Command, ...]:
    """The moderators' commands for deciding."""
    return (
        Command(
            "decide",
            bulk.decide,
            {"fr": "trancher"},
            role=Role.MODERATOR,
            asks=mark("Which numbers, and which decision?"),
            in_place=True,
        ),
        Command("decisions", choosing.decisions, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("add_words", explaining.add_words, role=Role.MODERATOR, listed=False, typed=False),
        Command("alike", alike.alike, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("decide_all", bulk.decide_all, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("undo_all", retraction.undo_all, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("narrow_all", retraction.narrow_all, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("reasons", reasons.reasons, {"fr": "motifs"}, role=Role.MODERATOR, in_place=True),
        Command("add_reason", reasons.add_reason, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("drop_reason", reasons.drop_reason, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
    )


def assigning() -> tuple[Command, ...]:
    """The moderators' commands for owners, due dates and notes."""
    return (
        Command(
            "assign",
            owning.assign,
            {"fr": "confier"},
            role=Role.MODERATOR,
            asks=mark("Which number?"),
            in_place=True,
        ),
        Command("due", dating.due, {"fr": "echeance"}, role=Role.MODERATOR, asks=mark("Which number?"), in_place=True),
        Command("note", noting.note, {"fr": "noter"}, role=Role.MODERATOR, asks=mark("Which number?"), in_place=True),
        Command("take", owning.take, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("release", owning.release, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
        Command("noted", noting.noted, role=Role.MODERATOR, listed=False, typed=False, in_place=True),
    )
