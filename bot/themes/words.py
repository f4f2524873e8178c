"""Says how many people speak of a theme, whether they are more than before, and what of it cannot be quoted."""

from collections.abc import Mapping

from bot.locales.speech import Speech
from bot.locales.words import mark
from bot.themes.theme import Reason, Theme, Trend

TRENDS: Mapping[Trend, str] = {
    Trend.NEW: mark("new"),
    Trend.GROWING: mark("growing"),
    Trend.STEADY: mark("steady"),
    Trend.FADING: mark("fading"),
}


def trend(speech: Speech, theme: Theme) -> str:
    """The trend of a theme, in a word."""
    return speech.say(TRENDS[theme.trend])


def voices(speech: Speech, theme: Theme) -> str:
    """How many people speak of a theme, and how many of its messages have no author."""
    people = [speech.count("{n} person", "{n} people", theme.people)] if theme.people or not theme.unsigned else []
    alone = (
        [speech.count("{n} message without an author", "{n} messages without an author", theme.unsigned)]
        if theme.unsigned
        else []
    )
    return ", ".join([*people, *alone])


def drawn(speech: Speech, read: int, total: int) -> str:
    """In how many of a period's items themes were found, where those were drawn by chance; empty for all."""
    if read >= total:
        return ""
    return speech.say("Found in {n} of {total} messages, drawn by chance.", n=read, total=total)


def before(speech: Speech, theme: Theme) -> str:
    """How many there were in the period before; empty for none."""
    number = theme.people_before + theme.unsigned_before
    return speech.say("{n} before", n=number) if number else ""


def unquoted(speech: Speech, theme: Theme) -> str:
    """How many items cannot be quoted, and why; empty for none."""
    match theme.reason:
        case Reason.FEW:
            return speech.count(
                "{n} not quoted: without a name, and fewer than five people speak of it.",
                "{n} not quoted: without a name, and fewer than five people speak of it.",
                theme.unquoted,
            )
        case Reason.UNSIGNED:
            return speech.count(
                "{n} not quoted: imported without an author.",
                "{n} not quoted: imported without an author.",
                theme.unquoted,
            )
        case None:
            return ""
