"""The commands for help on what is available here, and for the choice of a person's language."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.commands.registry import Command, Shape, ShortText
from bot.context import Context
from bot.dispatch.community.belonging import CHOOSE, place_hints
from bot.locales.words import LanguageChoice
from bot.ports.reply import Bullets, Buttons, Line, Paragraph, Reply, Title, say
from storage.people import members


async def help_(ctx: Context, about: ShortText | None = None) -> Reply:
    """See what you can do here."""
    command = ctx.core.registry.find((about or "").strip().lstrip("/"))
    if command is not None and command.typed and _may(ctx, command):
        return _about(ctx, command)
    about_place = await place_hints(ctx)
    choosing = any(isinstance(block, Buttons) for block in about_place)
    lines = tuple(_line(ctx, command) for command in _offered(ctx, choosing=choosing))
    plainly = ctx.speech.say(
        "A plain question works too. Only what you say to the bot, or a moderator passes on, goes to the team."
    )
    return Reply(
        (
            Title(ctx.speech.say("What you can do here")),
            Bullets(lines),
            *((Paragraph(plainly),) if ctx.here else ()),
            *about_place,
        )
    )


async def language(ctx: Context, language: LanguageChoice) -> Reply:
    """Choose the language the bot answers you in."""
    chosen = None if language is LanguageChoice.AUTO else language.value

    def job(session: Session) -> Reply:
        members.choose_language(session, ctx.person(session), chosen)
        speech = ctx.core.speech(ctx.community, chosen, ctx.inbound.actor.locale)
        return say(speech.say("From now on the bot answers you in English."))

    return await ctx.settle(job)


def _offered(ctx: Context, *, choosing: bool) -> Sequence[Command]:
    """The commands that this person can use here.

    Args:
        choosing: whether the person has yet to choose a community, which adds the command for it.
    """
    listed = ctx.core.registry.listed(ctx.inbound.actor.role)
    choose = ctx.core.registry.find(CHOOSE) if choosing else None
    return (*(one for one in listed if _may(ctx, one)), *((choose,) if choose else ()))


def _may(ctx: Context, command: Command) -> bool:
    """Whether this person can use a command here."""
    return ctx.inbound.actor.role >= command.role and (ctx.here or command.anywhere)


def _line(ctx: Context, command: Command) -> Line:
    link = command.link(ctx.speech.language)
    return ctx.speech.line("{command}: {summary}", command=link, summary=ctx.speech.say(command.summary))


def _about(ctx: Context, command: Command) -> Reply:
    names = ", ".join(f"/{name}" for name in command.all_names)
    fields = ", ".join(
        ctx.speech.say(parameter.label) for parameter in command.parameters if parameter.shape is not Shape.HIDDEN
    )
    known = (Paragraph(ctx.speech.say("It takes: {fields}.", fields=fields)),) if fields else ()
    also = Paragraph(ctx.speech.say("Names: {names}.", names=names))
    return Reply((Paragraph(_line(ctx, command)), *known, also))
