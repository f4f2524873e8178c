"""The words for a theme's number of people, its trend, and what of it cannot be quoted."""

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
    """A theme's trend as a word."""
    return speech.say(TRENDS[theme.trend])


def voices(speech: Speech, theme: Theme) -> str:
    """The number of people who speak of a theme, and that of its messages without an author, in words."""
    people = [speech.count("{n} person", "{n} people", theme.people)] if theme.people or not theme.unsigned else []
    alone = (
        [speech.count("{n} message without an author", "{n} messages without an author", theme.unsigned)]
        if theme.unsigned
        else []
    )
    return ", ".join([*people, *alone])


def drawn(speech: Speech, read: int, total: int) -> str:
    """In how many of a period's items the themes were found, if only a sample was read; else empty."""
    if read >= total:
        return ""
    return speech.say("Found in {n} of {total} messages, drawn by chance.", n=read, total=total)


def before(speech: Speech, theme: Theme) -> str:
    """The number of voices in the period before, in words; empty for none."""
    number = theme.people_before + theme.unsigned_before
    return speech.say("{n} before", n=number) if number else ""


def unquoted(speech: Speech, theme: Theme) -> str:
    """The number of items that cannot be quoted, and why, in words; empty for none."""
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
