"""Nameless feedback and questions: the preview an author confirms, and the sealed address for the answer."""

from sqlmodel import Session

from bot.context import Context
from bot.delivery import destinations, envelope
from bot.ports.adapter import Address
from bot.ports.reply import Bullets, Button, Buttons, Paragraph, Quote, Reply
from storage.items.feedback import AnyItem
from storage.vocabulary import Audience


def preview(ctx: Context, text: str, audience: Audience, *choices: Button, seen: str = "") -> Reply:
    """The preview of nameless feedback: who will read it, what can give its author away, and the words as shown.

    Args:
        choices: the buttons below, such as to confirm or to edit.
        seen: a warning on who has seen the author's name until now.
    """
    warning = (Paragraph(seen),) if seen else ()
    more = Button(ctx.speech.say("More"), "explain")
    return Reply((Paragraph(_meaning(ctx, audience)), *warning, Quote(text), Buttons((*choices, more))))


def _meaning(ctx: Context, audience: Audience) -> str:
    """Who will read the words, and that they can give their author away."""
    say_ = ctx.speech.say
    match audience:
        case Audience.EVERYONE:
            return say_(
                "Without your name. Everyone can read this; nobody sees who wrote it, the team neither. The answer "
                "comes here. A detail may give you away: read it once more?"
            )
        case Audience.TEAM:
            return say_(
                "Without your name. Only the team reads this, and does not see who wrote it. The answer comes here. A "
                "detail may give you away: read it once more?"
            )
        case Audience.TRUSTED:
            return say_(
                "Without your name. Only the trusted contacts read this, and do not see who wrote it. The answer comes "
                "here. A detail may give you away: read it once more?"
            )


def explain(ctx: Context) -> Reply:
    """How feedback without a name is kept: the sealed address, what the platform knows, and who holds the key."""
    say_ = ctx.speech.say
    return Reply(
        (
            Paragraph(say_("Without your name, your name is not stored with the words.")),
            Bullets(
                (
                    say_("A sealed address brings the answer back; only the bot opens it, to deliver."),
                    say_("A code without your name keeps you from being counted twice."),
                    say_("The platform knows that you wrote to the bot, and what."),
                    say_("Whoever hosts the bot holds the key, and could open the address."),
                    say_("The words themselves can give you away: a place, a date, a way of writing."),
                )
            ),
        )
    )


def seal(session: Session, ctx: Context, item: AnyItem) -> None:
    """Store the address of an item's author encrypted, so that the outcome can be delivered to them."""
    actor = ctx.inbound.actor
    destinations.seal_address(session, ctx.core.store.keys, item, actor.platform, actor.id)


def address(ctx: Context) -> bytes:
    """The encrypted address of a person who asks without their name, so that a later answer can be delivered."""
    actor = ctx.inbound.actor
    # Each delivery sets its own key.
    return envelope.seal(ctx.core.store.keys, actor.platform, Address(actor.id, True, ""))
