"""The buttons by which moderators ask a question to people ready to talk about an item or a theme."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.context import Context
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Button
from storage.models import Feedback
from storage.people import readiness

MOST = 100
"""The largest number of a theme's messages, the most central ones, by which people ready to talk are found."""
LABEL = 40
"""The largest number of characters of a theme in the label of its button."""


def item_button(session: Session, ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """The button that asks about an item; empty where nobody but the moderator can be asked now."""
    ready = readiness.askable(session, ctx.community.id, None, item, ctx.now)
    if not ready.keys() - {ctx.member.id if ctx.member else 0}:
        return ()
    return (Button(ctx.speech.say("Ask those ready"), "askready", {"number": str(item.number)}),)


def theme_button(speech: Speech, messages: Sequence[int], label: str = "") -> Button:
    """The button that asks about a theme.

    Args:
        messages: the ids of its items, the most central first.
        label: the theme's label, where the button stands among those of other themes.
    """
    words = (
        speech.say("Ask those ready: {theme}", theme=excerpt(label, LABEL)) if label else speech.say("Ask those ready")
    )
    return Button(words, "asktheme", {"chosen": " ".join(map(str, messages[:MOST]))})


def any_ready(session: Session, ctx: Context, messages: Sequence[int]) -> bool:
    """Whether anybody but the person who acts can be asked now about these items."""
    ready = readiness.askable_on(session, ctx.community.id, messages[:MOST], ctx.now)
    return bool(ready.keys() - {ctx.member.id if ctx.member else 0})
