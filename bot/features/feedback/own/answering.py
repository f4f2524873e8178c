"""Sends the team what an item's author writes to it: an answer to its question, or a remark on the outcome."""

from sqlmodel import Session

from bot.commands.registry import LongText, Number, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.attachments import files
from bot.feedback.attachments.fetching import fetch
from bot.feedback.desk import blocks, posting
from bot.feedback.display.outdated import Outdated
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Strong, Weight
from storage.answers import questions
from storage.items import attachments
from storage.items.desk import exchanges
from storage.models import Feedback, History
from storage.people import communities
from storage.vocabulary import Audience, Decision, Status


async def reply(ctx: Context, number: Number, text: LongText | None = None, question: Token | None = None) -> Reply:
    """Answer the team about your feedback."""
    # question: the id of a waiting question of theirs, whose words are the answer.
    if question is not None:
        return await ctx.settle(lambda session: _reply_with(session, ctx, number, question))
    mine = await ctx.read(lambda session: _find(ctx, items.find_own(session, ctx, number)))
    if text is None:
        asked = ctx.speech.say("What should the team know about #{number}?", number=number)
        return await ctx.ask(asked, "text")
    if mine.nameless:
        await ctx.meet()
    ctx = await fetch(ctx)
    return await ctx.settle(lambda session: _reply(session, ctx, number, text))


def _find(ctx: Context, mine: Feedback) -> Feedback:
    """Return the item if its author can write to the team about it, with the files of this event.

    Raises:
        UserError: the team does not read it, or it is withdrawn; or there are files, which could reveal a nameless
            author, or would be shown to everyone who sees the item.
    """
    say_, number = ctx.speech.say, mine.number
    if mine.audience is Audience.TRUSTED:
        raise UserError(say_("#{number} is with the trusted contacts, and the team does not read it.", number=number))
    if mine.status is Status.WITHDRAWN:
        raise Outdated(say_("#{number} is withdrawn: nobody else is shown it.", number=number))
    if ctx.inbound.attachments and mine.nameless:
        raise UserError(say_("A file can give its author away, so nothing was kept. Send the words alone."))
    if ctx.inbound.attachments and mine.audience is Audience.EVERYONE:
        raise UserError(
            say_(
                "Everyone who sees #{number} would see the file too, so nothing was kept. Send the words alone, or add "
                "the file with /edit {number}.",
                number=number,
            )
        )
    return mine


def _reply(session: Session, ctx: Context, number: int, text: str) -> Reply:
    mine = _find(ctx, items.hold_own(session, ctx, number))
    if items.reveals_author(ctx, mine):
        return _refuse_in_public(ctx, mine)
    asked = exchanges.open_question(session, mine)
    # A person who was asked may answer even while blocked.
    if asked is None and (refusal := blocks.refusal(session, ctx, mine.audience)):
        return refusal
    room = files.MOST_FILES - attachments.count(session, mine.id)
    found = files.select(session, ctx, ctx.person(session), room) if ctx.inbound.attachments else files.NOTHING
    files.store(session, mine.id, found)
    entry = exchanges.reply(session, mine, text, ctx.time_of(nameless=mine.nameless))
    _tell_staff(session, ctx, mine, asked, entry, len(found.kept))
    lost = files.explain(ctx, found, number)
    return Reply((Paragraph(_passed_on(ctx, mine)), *((Bullets(lost),) if lost else ())))


def _reply_with(session: Session, ctx: Context, number: int, question: int) -> Reply:
    """Send the words of a question that waits to the team, as a remark on an item; the question is closed by that.

    Raises:
        UserError: the item is nameless by now, or the question does not wait any more.
    """
    mine, asked = items.hold_own(session, ctx, number), questions.hold_open(session, question)
    if mine.nameless or asked is None or ctx.member is None or asked.asker_id != ctx.member.id:
        raise Outdated(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
    turns, said = len(exchanges.turns(session, mine)), _reply(session, ctx, number, asked.text)
    # If a blocked person was refused, their question goes on waiting.
    if len(exchanges.turns(session, mine)) > turns:
        questions.mark(session, questions.of_same_asker(session, asked), Decision.FILED)
    return said


def _passed_on(ctx: Context, mine: Feedback) -> str:
    if mine.nameless:
        return ctx.speech.say("The team reads this with #{number}, without your name.", number=mine.number)
    return ctx.speech.say("The team reads this with #{number}.", number=mine.number)


def _refuse_in_public(ctx: Context, mine: Feedback) -> Reply:
    words = ctx.speech.say(
        "#{number} is without a name, and others read along here. The team can be answered in the private chat with "
        "the bot.",
        number=mine.number,
    )
    return Reply((Paragraph(words),), hush=True)


def _tell_staff(
    session: Session, ctx: Context, mine: Feedback, asked: History | None, entry: History, files_kept: int
) -> None:
    """Queue the answer for the staff place; without one, it is shown with the item in the queue.

    Raises:
        UserError: there is no staff place, and the item is not in the queue.
    """
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        if mine.status is not Status.RECEIVED:
            raise UserError(
                ctx.speech.say("Nobody of the team can be reached from here just now, so nothing was sent.")
            )
        return
    speech = ctx.core.speech(ctx.community)
    shown = _told(speech, mine, asked, entry, files_kept)
    posting.post_message(session, ctx, mine, f"replied:{entry.id}", shown, place.id)


def _told(speech: Speech, mine: Feedback, asked: History | None, entry: History, files_kept: int) -> Reply:
    """The message to the team: the answer, the question, the item's words, and buttons to act on it."""
    number, args = Strong(f"#{mine.number}"), {"number": str(mine.number)}
    if asked is None:
        status = Strong(items.state(speech, mine))
        line = speech.line("The author of {number}, which is {status}, writes:", number=number, status=status)
    else:
        line = speech.line("The author of {number} answers:", number=number)
    kept = (Paragraph(speech.count("With {n} file.", "With {n} files.", files_kept)),) if files_kept else ()
    question: tuple[Block, ...] = ()
    if asked is not None and asked.note:
        question = (Paragraph(speech.say("The question was:")), Quote(asked.note))
    again = Button(speech.say("Reopen"), "reopen", args, weight=Weight.PRIMARY)
    buttons = (
        Button(speech.say("Answer back"), "askauthor", args),
        Button(speech.say("Decide"), "queue", args),
        *((again,) if mine.status in items.REOPENED else ()),
    )
    words = Quote(items.title(mine), f"#{mine.number}")
    return Reply((Paragraph(line), Quote(entry.note), *kept, *question, words, Buttons(buttons)), private=False)
