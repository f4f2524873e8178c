"""The command that answers plain talk: what people ask every bot, announced ideas and complaints, and insults."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText
from bot.context import Context
from bot.errors import UserError
from bot.features.people.help import help_
from bot.feedback import drafts, items
from bot.feedback.attachments import drafted
from bot.feedback.audience.visibility import already_seen
from bot.feedback.desk.holding import read_who_would_see, who_would_see
from bot.feedback.drafts import ANNOUNCED
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight, say
from bot.recognition.talk.talk import QUESTIONS, Talk, recognise
from bot.recognition.talk.talk import Kind as Topic
from bot.recognition.wish import Wish, parse_wish
from storage.traffic import prompts
from storage.vocabulary import DEFAULT_AUDIENCE, Audience, Kind, Naming


async def talk(ctx: Context, question: LongText, name: Naming | None = None) -> Reply:
    """Answer plain talk."""
    wish, whole = parse_wish(question), recognise(question)
    if whole and whole.kind in QUESTIONS:
        wish = replace(wish, nameless=False, team_only=False, rest=question)
    elif name is Naming.NAMELESS:
        wish = replace(wish, nameless=True)
    found = recognise(wish.rest) or Talk(Topic.COMPLAINT, wish.rest)
    if found.kind in ANNOUNCED:
        return await _offer(ctx, ANNOUNCED[found.kind], found.rest, wish)
    if found.kind is Topic.HELP:
        return await help_(ctx)
    return await ctx.show(_answer(ctx, found.kind))


def _answer(ctx: Context, topic: Topic) -> Reply:
    """The short answer to a topic."""
    say_ = ctx.speech.say
    match topic:
        case Topic.ABILITIES:
            words = say_(
                "I carry suggestions and problems to the team, answer questions from what it wrote, and tell "
                "you what became of yours."
            )
        case Topic.IDENTITY:
            words = say_(
                "I am the bot of {community}. I carry what you say to me to the team, and its answers back.",
                community=ctx.community.name,
            )
        case Topic.ROBOT:
            words = say_("Yes, a bot. People read what you send to the team, and decide.")
        case Topic.HUMAN:
            words = say_("I am a bot, but people read what you send to the team. Tell them here:")
        case Topic.DESTINATION:
            return Reply((Paragraph(items.readers(ctx)), Paragraph(say_("/privacy says what is kept.")), _ways(ctx)))
        case Topic.PRIVACY:
            words = say_(
                "You choose each time, before sending: with or without your name, for everyone or the team only. "
                "Without it, your name is not stored. /privacy says what is kept, and for how long."
            )
        case Topic.NEWS:
            return say(
                say_(
                    "/notifications chooses how often you are sent news, also never. /forgetme erases everything this "
                    "bot keeps about you."
                )
            )
        case Topic.ERASURE:
            return _answer_erasure(ctx)
        case _:
            return say(
                say_("That is understood as anger, and kept nowhere. If something went wrong, /problem tells the team.")
            )
    return Reply((Paragraph(words), _ways(ctx)))


def _answer_erasure(ctx: Context) -> Reply:
    """The answer on erasing data kept by the bot, and on data kept elsewhere."""
    words = ctx.speech.say(
        "/forgetme erases everything this bot keeps about you; /mydata gives a copy first. If it is about data kept "
        "elsewhere, /ask asks the team."
    )
    copy, erase = ctx.speech.say("Get a copy"), ctx.speech.say("Erase what is kept about me")
    buttons = (Button(copy, "mydata"), Button(erase, "forgetme", weight=Weight.DANGEROUS))
    return Reply((Paragraph(words), Buttons(buttons)))


def _ways(ctx: Context) -> Buttons:
    """The buttons to suggest something, and to tell a problem."""
    suggest, problem = ctx.speech.say("Suggest"), ctx.speech.say("Problem")
    return Buttons((Button(suggest, "suggest"), Button(problem, "problem")))


async def _offer(ctx: Context, likely: Kind, text: str, wish: Wish) -> Reply:
    """Offer to send words as feedback, with the likely kind first, or ask for them if they were only announced."""
    naming = Naming.NAMELESS if wish.nameless else Naming.NAMED
    if ctx.inbound.chat.overlooked and text.strip():
        # Others have read it beside the name, so it can be for the team only, but not nameless.
        naming, wish = Naming.NAMED, replace(wish, team_only=wish.team_only or wish.nameless)
    if naming is Naming.NAMELESS and ctx.inbound.attachments:
        raise UserError(ctx.speech.say("A file can give its author away, so nothing was kept. Send the words alone."))
    given = {"text": text, "name": naming.value, **({"audience": Audience.TEAM.value} if wish.team_only else {})}
    if not text.strip():
        command = ctx.core.registry.command(drafts.COMMAND_OF[likely])
        asked = ctx.speech.say(command.asks)
        if wish.nameless or wish.team_only:
            seen = await read_who_would_see(ctx, likely, _audience(likely, given), naming)
            asked = f"{seen} {ctx.speech.say('Your words?')}"
        return await replace(ctx, command=command, given=given).ask(asked, "text")
    too_late = ctx.inbound.chat.overlooked and wish.team_only
    return await ctx.settle(lambda session: _draft(session, ctx, likely, given, too_late=too_late))


def _draft(session: Session, ctx: Context, likely: Kind, given: dict[str, str], *, too_late: bool) -> Reply:
    """Store the words as a draft, and offer to send them.

    Args:
        likely: the kind of feedback offered first.
        given: the arguments of the filing command.
        too_late: whether others have already read words meant for the team only.
    """
    seen = {"seen": "1"} if ctx.inbound.chat.overlooked else {}
    kept = {**given, **seen, **drafted.keep(ctx)}
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, "talk", kept, ctx.now)
    kinds = (likely, *(kind for kind in ANNOUNCED.values() if kind is not likely))
    buttons = [_button(ctx, kind, draft.id) for kind in kinds]
    cancel = Button(ctx.speech.say("Cancel"), "discard", {"draft": str(draft.id)})
    shown = (
        ctx.speech.say("{kind}: {seen}", kind=ctx.speech.word(kind).capitalize(), seen=_who(session, ctx, kind, given))
        for kind in kinds
    )
    asked = Paragraph(ctx.speech.say("Nothing was sent yet. Is this for the team?"))
    read = Paragraph(already_seen(ctx.speech))
    above = (asked, read) if too_late else (asked,)
    return Reply((*above, Quote(given["text"]), *map(Paragraph, shown), Buttons((*buttons, cancel))), hush=too_late)


def _button(ctx: Context, kind: Kind, draft: int) -> Button:
    label = ctx.speech.say("As a suggestion") if kind is Kind.SUGGESTION else ctx.speech.say("As a problem")
    return Button(label, "file", {"draft": str(draft), "kind": kind.value})


def _who(session: Session, ctx: Context, kind: Kind, given: Mapping[str, str]) -> str:
    return who_would_see(session, ctx, kind, _audience(kind, given), Naming(given["name"]))


def _audience(kind: Kind, given: Mapping[str, str]) -> Audience:
    return Audience(given.get("audience", DEFAULT_AUDIENCE[kind]))
