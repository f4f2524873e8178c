"""Answers a button pressed on a card that others see, too: with a sentence for that person alone; the card stays."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback.display.view import decide_button
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply
from storage.items.support import supports
from storage.models import Feedback


def answer_beside(session: Session, ctx: Context, item: Feedback, said: str, *, again: bool = False) -> Reply:
    """Say what was done, with a button that takes it back where the platform shows private answers in that place.

    A moderator gets the button that opens the item's screen, too.

    Args:
        said: the sentence on what was done.
        again: whether nothing was done, because the same button was pressed before.
    """
    if ctx.inbound.means.beside:
        back = _take_back(session, ctx, item)
        offered = (*((back,) if back else ()), *decide_button(ctx, item))
        buttons: tuple[Block, ...] = (Buttons(offered),) if offered else ()
        return Reply((Paragraph(said), *buttons), fleeting=True)
    if again:
        command = ctx.core.registry.find("status") or ctx.command
        link = command.link(ctx.speech.language, str(item.number))
        line = (said, " ", *ctx.speech.line("{status} takes it back.", status=link))
        return Reply((Paragraph(line),), fleeting=True)
    return Reply((Paragraph(said),), fleeting=True)


def ask_to_read(ctx: Context, item: Feedback) -> Reply:
    """The answer to a button on a card whose words have changed since it was drawn; nothing was done."""
    said = ctx.speech.say("The words of #{number} have just changed: read them once more.", number=item.number)
    return Reply((Paragraph(said),), fleeting=True)


def _take_back(session: Session, ctx: Context, item: Feedback) -> Button | None:
    person, number = ctx.person(session), {"number": str(item.number), "on": "0"}
    if supports.supports(session, item, person):
        return Button(ctx.speech.say("Take support back"), "support", number)
    if supports.follows(session, item, person):
        return Button(ctx.speech.say("Stop following"), "follow", number)
    return None
