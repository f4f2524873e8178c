"""The commands that join two accounts into one person with one vote, and that separate an account again."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Bullets, Button, Buttons, Line, Paragraph, Reply, Strong, Weight, say
from bot.privacy import link_codes
from storage.models import Identity, Member
from storage.people import members
from storage.privacy import linking


async def link(ctx: Context, code: ShortText | None = None, sure: Token | None = None) -> Reply:
    """Join your accounts here into one person."""
    if not ctx.inbound.chat.private:
        return await ctx.settle(lambda session: _refuse_in_public(session, ctx, code))
    if code is None:
        return await ctx.settle(lambda session: _give_code(session, ctx))
    if not sure:
        return await ctx.read(lambda session: _ask(session, ctx, code))
    # Not held by `settle`, as both accounts are locked together, in the order of their ids.
    return await ctx.settle(lambda session: _join(session, ctx, code), held=False)


async def unlink(ctx: Context, account: Token | None = None) -> Reply:
    """Take one of your accounts out again."""
    if not ctx.inbound.chat.private:
        raise UserError(ctx.speech.say("This works in the private chat with the bot alone."))
    if account is None:
        return await ctx.read(lambda session: _list(session, ctx))
    return await ctx.settle(lambda session: _part(session, ctx, account), held=False)


def _refuse_in_public(session: Session, ctx: Context, code: str | None) -> Reply:
    """Refuse outside private chats, and invalidate a code that others could read."""
    found = link_codes.whose(session, ctx.core.store.keys, code, ctx.now) if code else None
    if found is not None:
        link_codes.invalidate(session, found)
    said = ctx.speech.say("This works in the private chat with the bot alone.")
    void = ctx.speech.say("Others can read this place: the code is void now.")
    return replace(say(f"{said} {void}" if found else said), hush=bool(code))


def _give_code(session: Session, ctx: Context) -> Reply:
    member = session.get_one(Member, ctx.person(session))
    typed = f"/{ctx.command.name_in(ctx.speech.language)} {link_codes.code(ctx.core.store.keys, member, ctx.now)}"
    words = ctx.speech.say(
        "Write this to the bot in private from your other account, within ten minutes. It works once:"
    )
    warning = ctx.speech.say(
        "It is for nobody else: whoever writes it is you from then on, and sees all that is yours, also without a name."
    )
    return Reply((Paragraph(words), Paragraph(typed), Paragraph(warning)))


def _ask(session: Session, ctx: Context, code: str) -> Reply:
    found = _owner(session, ctx, code)
    first = linking.accounts(session, found.id)[0]
    line = ctx.speech.line("This joins {account} to you: one person, one vote.", account=Strong(_named(first)))
    meaning = ctx.speech.say(
        "Go on only if both accounts are yours: each then sees all that was written with the other, also without a "
        "name, and gets its answers."
    )
    button = Button(ctx.speech.say("Join both accounts"), "link", {"code": code, "sure": "1"}, weight=Weight.PRIMARY)
    cancel = Button(ctx.speech.say("Cancel"), "cancel", {"sure": "0"})
    return Reply((Paragraph(line), Paragraph(meaning), Buttons((button, cancel))))


def _owner(session: Session, ctx: Context, code: str) -> Member:
    """The person whose code this is.

    Raises:
        UserError: it is not valid, or it is this person's own.
    """
    found = link_codes.whose(session, ctx.core.store.keys, code, ctx.now)
    if found is None:
        raise Outdated(ctx.speech.say("This code does not fit, or is over. /link gives a new one."))
    if ctx.member is not None and ctx.member.id == found.id:
        raise UserError(ctx.speech.say("This code is your own: it is for your other account."))
    return found


def _join(session: Session, ctx: Context, code: str) -> Reply:
    owner, actor = _owner(session, ctx, code).id, ctx.inbound.actor
    other = members.id_of(session, actor.platform, actor.id)
    if other is None:
        other = ctx.person(session)
    # Checked again once both are locked, as the code may have been used meanwhile.
    if not linking.hold(session, owner, other) or _owner(session, ctx, code).id == other:
        raise Outdated(ctx.speech.say("This code does not fit, or is over. /link gives a new one."))
    linking.merge(session, owner, other)
    done = ctx.speech.say("Done: these accounts are one person now. /unlink takes one out again.")
    return Reply((Paragraph(done), _bullets(session, owner)), edits=True)


def _list(session: Session, ctx: Context) -> Reply:
    found = linking.accounts(session, ctx.member.id) if ctx.member else []
    if len(found) < 2:
        return say(ctx.speech.say("There is one account here. /link joins another one to it."))
    words = ctx.speech.say("Which account is to be somebody of its own again? What was written stays with the others.")
    buttons = tuple(
        Button(ctx.speech.say("Take out {account}", account=_named(one)), "unlink", {"account": str(one.id)})
        for one in found
    )
    return Reply((Paragraph(words), Buttons(buttons)))


def _part(session: Session, ctx: Context, account: int) -> Reply:
    actor = ctx.inbound.actor
    own = members.id_of(session, actor.platform, actor.id)
    held = own is not None and linking.hold(session, own)
    found = linking.accounts(session, own) if own is not None and held else []
    leaving = next((one for one in found if one.id == account), None)
    if leaving is None or len(found) < 2:
        raise Outdated(ctx.speech.say("This account is not one of several of yours."))
    linking.part(session, leaving, ctx.now.date())
    words = ctx.speech.line("{account} is somebody of its own again.", account=Strong(_named(leaving)))
    return Reply((Paragraph(words),), edits=True)


def _bullets(session: Session, member_id: int) -> Bullets:
    lines: list[Line] = [(_named(one),) for one in linking.accounts(session, member_id)]
    return Bullets(tuple(lines))


def _named(account: Identity) -> str:
    return f"{account.name} ({account.platform.capitalize()})"
