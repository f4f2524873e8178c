"""Files feedback: suggestions, problems and praise, and drafts of nameless feedback."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.commands.registry import AreaName, LongText, Number, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.feedback.intake.comparing import compare, find_similar, has_similar, preview_nameless, show_similar
from bot.features.feedback.intake.detailing import ask_beside, ask_details
from bot.features.feedback.intake.hesitation import ask_first
from bot.features.feedback.intake.known_issues import show_known
from bot.feedback import details, drafts, items
from bot.feedback.attachments import drafted, files
from bot.feedback.attachments.fetching import fetch
from bot.feedback.audience import nameless, trusted
from bot.feedback.desk import blocks, holding, posting, routing, severity
from bot.feedback.display import receipts
from bot.feedback.display.similar import Found
from bot.feedback.drafts import ANNOUNCED, Filing
from bot.language.text.courtesy import Courtesy, courtesy
from bot.language.text.normalise import says_something
from bot.locales.words import KIND_OF
from bot.ports.reply import Ask, Bullets, Line, Paragraph, Reply, say
from bot.recognition.talk.talk import recognise
from storage.engine.locks import hold_filing
from storage.items import attachments, feedback, open_items
from storage.items import details as stored
from storage.items.feedback import AnyItem, NewItem
from storage.people import marks
from storage.traffic import prompts
from storage.vocabulary import DEFAULT_AUDIENCE, Audience, Kind, Naming


async def suggest(
    ctx: Context,
    text: LongText,
    area: AreaName | None = None,
    audience: Audience | None = None,
    name: Naming | None = None,
) -> Reply:
    """Suggest an improvement to the team."""
    return await file_new(ctx, _filing(ctx, Kind.SUGGESTION, text, area, audience, name))


async def problem(
    ctx: Context,
    text: LongText,
    area: AreaName | None = None,
    audience: Audience | None = None,
    name: Naming | None = None,
) -> Reply:
    """Tell the team about a problem."""
    return await file_new(ctx, _filing(ctx, Kind.PROBLEM, text, area, audience, name))


async def praise(
    ctx: Context,
    text: LongText,
    area: AreaName | None = None,
    audience: Audience | None = None,
    name: Naming | None = None,
) -> Reply:
    """Say what went well."""
    return await file_new(ctx, _filing(ctx, Kind.PRAISE, text, area, audience, name))


async def send(ctx: Context, draft: Token) -> Reply:
    """Send without a name what the preview showed."""
    await ctx.meet()
    kept = await ctx.read(lambda session: items.draft(session, ctx, draft, KIND_OF).args)
    ctx = await fetch(drafted.recall(ctx, kept))

    def job(session: Session) -> Reply:
        prompt = items.draft(session, ctx, draft, KIND_OF)
        prompts.drop(session, prompt)
        return _add(session, ctx, drafts.read(prompt))

    return await ctx.settle(job)


async def file(ctx: Context, draft: Token, kind: Kind) -> Reply:
    """File as this kind of feedback what somebody said without a command."""
    kept = await ctx.read(lambda session: items.draft(session, ctx, draft, ("talk",)).args)
    naming, audience = Naming(kept["name"]), Audience(kept.get("audience", DEFAULT_AUDIENCE[kind]))
    return await file_new(drafted.recall(ctx, kept), Filing(kind, kept["text"], None, audience, naming, "seen" in kept))


async def explain(ctx: Context) -> Reply:
    """Explain what happens to feedback without a name."""
    return nameless.explain(ctx)


async def receipt(ctx: Context, number: Number) -> Reply:
    """Show once more what was said when it was filed."""

    def job(session: Session) -> Reply:
        item = items.find_own(session, ctx, number)
        if items.is_open(item):
            return _receipt(session, ctx, item, attachments.count(session, item.id))
        word = items.state(ctx.speech, item)
        return say(ctx.speech.say("#{number} is already {status}.", number=number, status=word))

    return await ctx.read(job)


async def rewrite(ctx: Context, draft: Token) -> Reply:
    """Go back to a draft and change its words."""

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, KIND_OF)
        given = {"name": Naming.NAMELESS.value, **kept.args}
        own = ctx.community.id
        prompt = prompts.ask(session, ctx.holder, ctx.chat_mark, kept.command, given, "text", ctx.now, own)
        words = ctx.speech.say("What should it say?")
        return Reply((Ask(kept.command, ("text", "area", "audience", "name"), words, str(prompt.id), given),))

    return await ctx.settle(job)


async def discard(ctx: Context, draft: Token) -> Reply:
    """Throw a draft away."""

    def job(session: Session) -> Reply:
        prompts.drop(session, items.draft(session, ctx, draft))
        return say(ctx.speech.say("Fine. Nothing was sent, and the draft is gone."))

    return await ctx.settle(job)


def _filing(
    ctx: Context, kind: Kind, text: str, area: str | None, audience: Audience | None, name: Naming | None
) -> Filing:
    known = items.known_area(ctx, area) if area else None
    told = drafts.details_of(ctx.given)
    return Filing(kind, text, known, audience or DEFAULT_AUDIENCE[kind], name or Naming.NAMED, details=told)


async def file_new(ctx: Context, new: Filing) -> Reply:
    """File feedback, or reply with the first question that has to be answered before."""
    ctx = drafted.recall(ctx, ctx.given)
    attached = ctx.inbound.attachments
    # Otherwise a greeting would be filed, and shown to all, as if it were the feedback.
    if new.kind is not Kind.PRAISE and not attached and (meant := _unsaid(new)):
        return await _ask_again(ctx, new, meant)
    if asked := await ask_details(ctx, new):
        return asked
    if new.audience is Audience.TRUSTED and not await ctx.read(lambda session: trusted.readers(session, ctx, new.text)):
        return await ctx.settle(lambda session: drafts.offer_team(session, ctx, new))
    if asked := await ask_first(ctx, new):
        return asked
    seen = (new.seen or ctx.inbound.chat.overlooked) and not _is_public(new)
    if known := await show_known(ctx, _for_team(new) if seen else new, hush=seen):
        return known
    if seen or new.naming is Naming.NAMED:
        found = await find_similar(ctx, new)
        may_wait = bool(attached and found)
        if may_wait and await ctx.read(lambda session: has_similar(session, ctx, new, found)):
            compared = _for_team(new) if seen else new
            return await ctx.settle(lambda session: replace(show_similar(session, ctx, compared, found), hush=seen))
        return await _keep(ctx, new, partial(_file_for_team if seen else _add_unsaid, found=found))
    if attached:
        raise UserError(ctx.speech.say("A file can give its author away, so nothing was kept. Send the words alone."))
    await ctx.meet()
    found = await find_similar(ctx, new)
    return await ctx.settle(lambda session: preview_nameless(session, ctx, new, found))


async def _keep(ctx: Context, new: Filing, add: Callable[[Session, Context, Filing], Reply]) -> Reply:
    """Download the files and file the feedback; nothing is filed if it has no words and no file can be kept."""
    if ctx.inbound.attachments and not await ctx.read(lambda session: blocks.refusal(session, ctx, new.audience)):
        ctx = await fetch(ctx)
        found = files.inspect(ctx.inbound.attachments)
        if new.text == files.stand_in(ctx.speech) and not found.kept:
            # The question, if one is open, stays open.
            return _nothing_kept(ctx, found)
    return await ctx.settle(lambda session: add(session, ctx, new))


def _nothing_kept(ctx: Context, found: files.Selection) -> Reply:
    return Reply((Paragraph(ctx.speech.say("Nothing was kept:")), Bullets(files.explain(ctx, found))))


def _is_public(new: Filing) -> bool:
    return new.audience is Audience.EVERYONE and new.naming is Naming.NAMED


async def _ask_again(ctx: Context, new: Filing, meant: Kind) -> Reply:
    """Ask for the words, perhaps of another kind of feedback; a default audience becomes that of the other kind."""
    command = ctx.core.registry.command(drafts.COMMAND_OF[meant])
    usual = {"audience"} if new.audience is DEFAULT_AUDIENCE[new.kind] else set()
    given = {name: value for name, value in ctx.given.items() if name not in usual}
    return await replace(ctx, command=command, given=given).ask(ctx.speech.say(command.asks), "text")


def _unsaid(new: Filing) -> Kind | None:
    """The kind of feedback that words without content announce; None for words with content.

    Without content are greetings and acknowledgements, if in words, as emoji alone may be feedback, and
    announcements such as "I have an idea".
    """
    if any(sign.isalpha() for sign in new.text) and courtesy(new.text) in (Courtesy.GREETING, Courtesy.ACKNOWLEDGEMENT):
        return new.kind
    found = recognise(new.text, spelled=True)
    return ANNOUNCED.get(found.kind) if found and not says_something(found.rest) else None


def _file_for_team(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    """File feedback that others saw being typed, which can no longer be nameless: named, and for the team only."""
    return replace(_add_unsaid(session, ctx, _for_team(new), found), hush=True)


def _add_unsaid(session: Session, ctx: Context, new: Filing, found: Found) -> Reply:
    """File feedback, unless there are similar items, which are shown instead."""
    return compare(session, ctx, new, found) or _add(session, ctx, new)


def _for_team(new: Filing) -> Filing:
    audience = Audience.TEAM if new.audience is Audience.EVERYONE else new.audience
    return replace(new, audience=audience, naming=Naming.NAMED)


def _add(session: Session, ctx: Context, new: Filing) -> Reply:
    if refusal := blocks.refusal(session, ctx, new.audience):
        return refusal
    person = ctx.person(session)
    _refuse_too_many(session, ctx, person)
    found = files.select(session, ctx, person) if ctx.inbound.attachments else files.NOTHING
    if new.text == files.stand_in(ctx.speech) and found.refused and not found.kept:
        return _nothing_kept(ctx, found)
    item = _item(session, ctx, new, person)
    feedback.add(session, item)
    files.store(session, item.id, found)
    if told := details.answered(new.details or {}):
        stored.add(session, item.id, told)
    if item.nameless:
        nameless.seal(session, ctx, item)
    if item.audience is Audience.TRUSTED:
        trusted.tell(session, ctx, item)
    if not severity.check_words(session, ctx, item):
        posting.post_filed(session, ctx, item)
    made = _receipt(session, ctx, item, len(found.kept), files.explain(ctx, found, item.number))
    return ask_beside(session, ctx, new, item, made)


def _item(session: Session, ctx: Context, new: Filing, person: int) -> NewItem:
    """The item to store, of its author or, without a name, of their mark alone."""
    unnamed = new.naming is Naming.NAMELESS
    when = ctx.time_of(nameless=unnamed)
    publication = holding.publication_of_new(session, ctx, new.kind, new.audience, person, nameless=unnamed)
    return NewItem(
        community_id=ctx.community.id,
        kind=new.kind,
        area=new.area,
        audience=new.audience,
        nameless=unnamed,
        publication=publication,
        language=ctx.core.detector.detect(new.text, ctx.speech.language),
        text=new.text,
        author_id=None if unnamed else person,
        author_hash=ctx.mark(person) if unnamed else None,
        seen=new.seen or ctx.inbound.chat.overlooked,
        source=ctx.source,
        created_at=when,
        changed_at=when,
        team=routing.of_area(session, ctx, new.area).team,
    )


def _receipt(session: Session, ctx: Context, item: AnyItem, kept: int, lost: Sequence[Line] = ()) -> Reply:
    receipts.keep(ctx, item)
    # After a file without words, the message with the button to send it becomes the receipt.
    pressed = bool(ctx.inbound.pressed and ctx.inbound.attachments)
    made = receipts.receipt(session, ctx, item, kept, lost)
    return replace(made, edits=True) if pressed else made


def _refuse_too_many(session: Session, ctx: Context, member_id: int) -> None:
    most = ctx.core.settings.limits.open_items
    hold_filing(session, member_id)
    ever = marks.marks(ctx.core.store.keys, ctx.community, member_id, ctx.now, off=timedelta())
    if open_items.open_count(session, ctx.community.id, member_id, ever) >= most:
        raise UserError(
            ctx.speech.count(
                "{n} item of yours waits for the team, which is the most. Withdraw one, or let the team catch up.",
                "{n} items of yours wait for the team, which is the most. Withdraw one, or let the team catch up.",
                most,
            )
        )
