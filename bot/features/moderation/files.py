"""The command that sends the files of an item that are no pictures, which its card only names."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.attachments.enclosures import enclosures, size
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Bullets, Button, Buttons, Document, Line, Paragraph, Reply, Strong
from bot.privacy.copy import safe_name
from storage.items import attachments
from storage.items.attachments import Described
from storage.models import Feedback

VOLUME = 8_000_000
"""The largest total size in bytes of the files in one message, unless it is a single larger one."""


async def files(ctx: Context, number: Number, after: Token | None = None) -> Reply:
    """Get the files of feedback that are no pictures."""
    # after: the id of the last file of the message before.

    def job(session: Session) -> Reply:
        item = items.find(session, ctx, number)
        ids = set(enclosures(session, ctx.speech, item, whole=True).others)
        left = [file for file in attachments.described(session, [item.id]) if file.id in ids and file.id > (after or 0)]
        if not left:
            raise Outdated(ctx.speech.say("#{number} has no such files any more.", number=number))
        return _hand_out(session, ctx, item, left)

    return await ctx.read(job)


def _hand_out(session: Session, ctx: Context, item: Feedback, left: list[Described]) -> Reply:
    now = _first(left)
    fitting = [file for file in now if file.size <= ctx.inbound.means.largest_file]
    documents = (Document(safe_name(one.name), one.media_type, attachments.content(session, one.id)) for one in fitting)
    lines = Bullets(tuple(_line(ctx, item, file, sent=file in fitting) for file in now))
    onward = Button(ctx.speech.say("More files"), "files", {"number": str(item.number), "after": str(now[-1].id)})
    more = (Buttons((onward,)),) if len(now) < len(left) else ()
    careful = Paragraph(ctx.speech.say("Sent by a member: open them with care."))
    return Reply((lines, careful, *documents, *more))


def _first(left: list[Described]) -> list[Described]:
    """The first files that fit into one message, at least one."""
    taken, room = left[:1], VOLUME - left[0].size
    for file in left[1:]:
        room -= file.size
        if room < 0:
            break
        taken.append(file)
    return taken


def _line(ctx: Context, item: Feedback, file: Described, *, sent: bool) -> Line:
    number, named = Strong(f"#{item.number}"), f"{safe_name(file.name)} ({size(ctx.speech, file.size)})"
    if sent:
        return (number, f" {named}")
    return ctx.speech.line("{number} {file} is too large to be sent here.", number=number, file=named)
