"""Passes a message from a public place on to the team: filed under its author's name, and the author is told."""

from sqlmodel import Session

from bot.commands import buttons
from bot.commands.buttons import with_tokens
from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.delivery.envelope import account_mark, seal
from bot.delivery.untold import PASSED
from bot.errors import UserError
from bot.feedback import items
from bot.feedback.audience import trusted
from bot.feedback.desk import posting, severity
from bot.feedback.display import similar
from bot.feedback.help import help_now
from bot.language.text.normalise import says_something
from bot.ports.adapter import Address, Detour
from bot.ports.inbound import Actor, Said
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Strong, Weight
from bot.privacy.traces import words_mark
from storage.items import feedback
from storage.models import Feedback, Prompt
from storage.people import communities, members
from storage.traffic import outbox, prompts, traces
from storage.vocabulary import Audience, Kind, Status


async def passon(ctx: Context) -> Reply:
    """Pass a message on to the team; its author is told."""
    said = _find_message(ctx)
    known = await ctx.read(lambda session: _is_known(session, said.by))
    near = await similar.find(ctx, said.text)

    def job(session: Session) -> Reply:
        _refuse_erased(session, ctx, said.by, known=known)
        item = feedback.by_source(session, _source(ctx, said.message))
        if item is not None:
            _refuse_hidden(ctx, item)
        if item is not None and item.status is Status.WITHDRAWN:
            return _taken_back(ctx, item)
        kept = {"by": said.by.id, "name": said.by.name, "text": said.text, "message": said.message, "link": said.link}
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, "passon", kept, ctx.now)
        traces.on_draft(session, draft.id, words_mark(ctx.core.store.keys, said.by))
        words = ctx.speech.say(
            "Pass this on to the team, with its author's name? They are told alone, or by a reply here where that "
            "cannot be, and can take it back."
        )
        alike = similar.blocks(session, ctx, said.text, near, supporting=False)
        return Reply((Paragraph(words), Quote(said.text), *_files(ctx, said), *alike, _choices(ctx, draft.id)))

    return await ctx.settle(job)


def _choices(ctx: Context, draft: int) -> Buttons:
    chosen, say_ = {"draft": str(draft)}, ctx.speech.say
    passed = {**chosen, "place": ctx.inbound.chat.id}
    return Buttons(
        (
            Button(say_("As a suggestion"), "passed", {**passed, "kind": Kind.SUGGESTION.value}),
            Button(say_("As a problem"), "passed", {**passed, "kind": Kind.PROBLEM.value}),
            Button(say_("Cancel"), "discard", chosen),
        )
    )


async def passed(ctx: Context, draft: Token, kind: Kind, place: ShortText | None = None) -> Reply:
    """File what was pointed at."""

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, ("passon",))
        actor = Actor(ctx.inbound.actor.platform, kept.args["by"], kept.args["name"])
        _take(session, ctx, kept, actor)
        source = _source(ctx, kept.args["message"])
        item = feedback.by_source(session, source)
        if item is not None:
            _refuse_hidden(ctx, item)
        else:
            item = _file(session, ctx, kept, actor, kind, source)
            _tell(session, ctx, item, actor, place or "", kept.args["message"])
        if item.audience is Audience.TRUSTED:
            return Reply((Paragraph(ctx.speech.say("This goes to the trusted contacts.")),))
        if item.status is Status.WITHDRAWN:
            return _taken_back(ctx, item)
        line = ctx.speech.line("The team has it as {kind} {number}.", kind=_kind(ctx, item), number=_number(item))
        told = ctx.speech.say(
            "Its author is told alone, or by a reply to the message where that cannot be. Where neither can be, the "
            "words are kept without the name."
        )
        return Reply((Paragraph(line), Paragraph(told)))

    return await ctx.settle(job)


def _is_known(session: Session, author: Actor) -> bool:
    return members.id_of(session, author.platform, author.id) is not None


def _refuse_erased(session: Session, ctx: Context, author: Actor, *, known: bool) -> None:
    """Lock the author, if known, against erasure until the transaction ends.

    Args:
        known: whether they were known when the message was read.

    Raises:
        UserError: the author was erased since.
    """
    if members.hold(session, author.platform, author.id) is None and known:
        raise UserError(ctx.speech.say("This message cannot be passed on."))


def _take(session: Session, ctx: Context, kept: Prompt, author: Actor) -> None:
    """Delete a draft that is about to be filed.

    Raises:
        UserError: it is gone, as when its author was erased meanwhile.
    """
    members.hold(session, author.platform, author.id)
    if not prompts.take(session, kept.id):
        raise UserError(ctx.speech.say("This draft is gone: it was sent, cancelled, or is older than a day."))


def _find_message(ctx: Context) -> Said:
    """The message that the command is applied to.

    Raises:
        UserError: there is none, no person wrote it, it has no words, or it asks to stay without a name and does not
            sound as if somebody were in danger.
    """
    said = ctx.inbound.about
    if said is None:
        raise UserError(ctx.speech.say("Point at a message: answer it with this command, or use its menu."))
    if said.files and not says_something(said.text):
        raise UserError(ctx.speech.say("Only words are passed on, and this message has none: its files stay there."))
    if said.bot or not says_something(said.text) or not said.by.id:
        raise UserError(ctx.speech.say("Only what a person wrote can be passed on."))
    recogniser = ctx.core.recogniser
    if recogniser.wish(said.text).nameless and not recogniser.danger(said.text):
        raise UserError(
            ctx.speech.say(
                "This asks to stay without a name, and would be passed on with one. Its author can send it without: "
                "/suggest or /problem."
            )
        )
    return said


def _refuse_hidden(ctx: Context, item: Feedback) -> None:
    """Refuse a message from which an item was filed that moderators must not connect to its author.

    Raises:
        UserError: the item is without a name, or for the trusted contacts.
    """
    if item.nameless or item.audience is Audience.TRUSTED:
        raise UserError(ctx.speech.say("This message cannot be passed on."))


def _tell(session: Session, ctx: Context, item: Feedback, author: Actor, place: str, message: str) -> None:
    """Tell the author; of an item for the trusted contacts tell these, and name help if its author may be in danger."""
    if item.audience is not Audience.TRUSTED:
        return _notify_author(session, ctx, item, author, place, message)
    urgent = ctx.core.recogniser.danger(item.text) is not None
    told = trusted.tell(session, ctx, item, urgent=urgent, author=author)
    if urgent:
        told = told or trusted.tell_staff(session, ctx, item)
        speech = ctx.core.speech(ctx.community, *members.languages(session, item.author_id or 0))
        reply = help_now(ctx, speech.say("Others read it, too, and told people who can help."), speech)
        key = f"{PASSED}{item.id}"
        payload = ctx.core.codec.dump(reply, sealed=item.author_id is None)
        outbox.owe(session, key, payload, ctx.now, recipient_id=item.author_id, feedback_id=item.id)
    return None


def _audience(session: Session, ctx: Context, text: str, author: Actor) -> Audience:
    """The audience of a passed-on message: never everyone, as only its author may decide that."""
    if ctx.core.recogniser.danger(text):
        return Audience.TRUSTED
    about_team = trusted.is_about_team(ctx.core, ctx.community.id, text)
    return Audience.TRUSTED if about_team and trusted.readers(session, ctx, text, author) else Audience.TEAM


def _files(ctx: Context, said: Said) -> tuple[Paragraph, ...]:
    """The sentence that a message's files are not passed on, as their author has not sent them to the team."""
    if not said.files:
        return ()
    stays = ctx.speech.count("{n} file is not taken along.", "{n} files are not taken along.", said.files)
    link = ctx.speech.say("The team gets a link to the message.") if said.link else ""
    return (Paragraph(f"{stays} {link}".rstrip()),)


def _source(ctx: Context, message: str) -> str:
    return ctx.core.store.keys.fingerprint(f"{ctx.inbound.actor.platform}:{message}")


def _taken_back(ctx: Context, item: Feedback) -> Reply:
    words = ctx.speech.say("Its author took #{number} back: it is not passed on again.", number=item.number)
    return Reply((Paragraph(words),))


def _file(session: Session, ctx: Context, kept: Prompt, author: Actor, kind: Kind, source: str) -> Feedback:
    text = kept.args["text"]
    item = Feedback(
        community_id=ctx.community.id,
        kind=kind,
        audience=_audience(session, ctx, text, author),
        language=ctx.core.detector.detect(text, ctx.community.language),
        text=text,
        seen=True,
        author_id=_author(session, ctx, author),
        source=source,
        link=kept.args.get("link") or None,
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    feedback.add(session, item)
    if not severity.check_words(session, ctx, item):
        posting.post_filed(session, ctx, item)
    return item


def _author(session: Session, ctx: Context, author: Actor) -> int:
    """The member id of the author, who is stored if new, and takes part in the community by this message."""
    person = members.resolve_id(session, author.platform, author.id, author.name, ctx.now.date())
    communities.join(session, person, ctx.community.id)
    return person


def _notify_author(session: Session, ctx: Context, item: Feedback, author: Actor, place: str, message: str) -> None:
    """Queue a message to the author, with a button to withdraw the item.

    Where they cannot be written to, the bot replies to their message in the place instead.
    """
    speech = ctx.core.speech(ctx.community, *members.languages(session, item.author_id or 0))
    words = speech.say(
        "What you wrote was passed on to the team as #{number}. Only the team sees it, with your name.",
        number=item.number,
    )
    withdraw = Button(speech.say("Take it back"), "withdraw", {"number": str(item.number)}, weight=Weight.DANGEROUS)
    reply = Reply((Paragraph(words), Quote(items.title(item)), Buttons((withdraw,))))
    keys, key = ctx.core.store.keys, f"{PASSED}{item.id}"
    shown = with_tokens(session, keys, reply, author, ctx.now, ctx.community.id)
    back = buttons.sign(keys, withdraw, author, ctx.now, ctx.community.id) or ""
    detour = Detour(place, speech.language, back, passed=item.number) if place else None
    outbox.owe(
        session,
        key,
        ctx.core.codec.dump(shown, sealed=True),
        ctx.now,
        recipient_id=item.author_id,
        feedback_id=item.id,
        sealed=seal(keys, author.platform, Address(author.id, True, key, detour, message)),
        holder=account_mark(keys, author),
    )


def _kind(ctx: Context, item: Feedback) -> str:
    return ctx.speech.word(item.kind)


def _number(item: Feedback) -> Strong:
    return Strong(f"#{item.number}")
