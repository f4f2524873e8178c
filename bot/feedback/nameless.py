"""Nameless feedback: the preview its author confirms, and the sealed address for the answer."""

from sqlmodel import Session

from bot.context import Context
from bot.delivery import destinations
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply
from storage.feedback import AnyItem


def preview(ctx: Context, text: str, *choices: Button, seen: bool = False) -> Reply:
    """What nameless means here, and the words as they would be shown.

    Args:
        choices: the buttons below, such as to confirm or to edit.
        seen: whether the author's name was shown until now, which adds a warning.
    """
    speech = ctx.speech
    warning = (Paragraph(speech.say("Your name was shown until now: it may have been seen.")),) if seen else ()
    return Reply(
        (
            Paragraph(
                speech.say(
                    "No name: everyone, the team and moderators too, sees the words, not who wrote them. A sealed "
                    "address brings back the answer. The platform knows you wrote to the bot; its host holds the key. "
                    "Details can give you away: read again?"
                )
            ),
            *warning,
            Quote(text),
            Buttons(choices),
        )
    )


def seal(session: Session, ctx: Context, item: AnyItem) -> None:
    """Store the address of an item's author encrypted, so that the outcome can be delivered to them."""
    actor = ctx.inbound.actor
    destinations.seal_address(session, ctx.core.store.keys, item, actor.platform, actor.id)
