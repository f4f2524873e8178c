"""Suggest, report a problem, praise; then edit, withdraw, and choose who sees it."""

from sqlmodel import Session

from bot import delivery, items
from bot.areas import Areas
from bot.context import Context
from bot.errors import UserError
from bot.redaction import redact_archive
from bot.registry import AreaName, LongText, Number, Token
from bot.reply import Ask, Button, Buttons, Paragraph, Quote, Reply, say
from bot.words import KIND_OF
from storage import feedback, outbox, prompts, supports
from storage.models import Feedback, Prompt
from storage.vocabulary import DEFAULT_VISIBILITY, Action, Kind, Status, Visibility


async def suggest(
    ctx: Context, text: LongText, area: AreaName | None = None, visibility: Visibility | None = None
) -> Reply:
    """Suggest an improvement to the team."""
    return await _file(ctx, Kind.SUGGESTION, text, area, visibility)


async def problem(
    ctx: Context, text: LongText, area: AreaName | None = None, visibility: Visibility | None = None
) -> Reply:
    """Tell the team about a problem."""
    return await _file(ctx, Kind.PROBLEM, text, area, visibility)


async def praise(
    ctx: Context, text: LongText, area: AreaName | None = None, visibility: Visibility | None = None
) -> Reply:
    """Say what went well."""
    return await _file(ctx, Kind.PRAISE, text, area, visibility)


async def send(ctx: Context, draft: Token) -> Reply:
    """Send without a name what the preview showed."""

    def job(session: Session) -> Reply:
        prompt = _draft(session, ctx, draft)
        kind, args = KIND_OF[prompt.command], prompt.args
        prompts.drop(session, prompt)
        return _add(session, ctx, kind, args["text"], args.get("area"), Visibility.NAMELESS)

    return await ctx.settle(job)


async def rewrite(ctx: Context, draft: Token) -> Reply:
    """Go back to a draft and change its words."""

    def job(session: Session) -> Reply:
        kept = _draft(session, ctx, draft)
        given = {**kept.args, "visibility": Visibility.NAMELESS.value}
        prompt = prompts.ask(session, ctx.holder, ctx.chat_mark, kept.command, given, "text", ctx.now)
        words = ctx.speech.say("What should it say?")
        return Reply((Ask(kept.command, ("text", "area", "visibility"), words, str(prompt.id), given),))

    return await ctx.settle(job)


async def discard(ctx: Context, draft: Token) -> Reply:
    """Throw a draft away."""

    def job(session: Session) -> Reply:
        prompts.drop(session, _draft(session, ctx, draft))
        return say(ctx.speech.say("Fine. Nothing was sent, and the draft is gone."))

    return await ctx.settle(job)


async def edit(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Change the words of your feedback."""
    if text is None:
        item = await ctx.read(lambda session: items.find_own(session, ctx, number))
        _refuse_closed(ctx, item)
        return await ctx.ask(ctx.speech.say("What should it say?"), "text", filled={"text": item.text})

    def job(session: Session) -> Reply:
        mine = items.find_own(session, ctx, number)
        _refuse_closed(ctx, mine)
        feedback.change_text(session, mine, text, mine.author_id, ctx.now)
        return Reply(
            (
                Paragraph(ctx.speech.say("#{number} now reads:", number=number)),
                items.words(ctx.speech, mine),
                items.own_buttons(ctx, mine),
            )
        )

    return await ctx.settle(job)


async def withdraw(ctx: Context, number: Number) -> Reply:
    """Take your feedback back."""

    def job(session: Session) -> Reply:
        item = items.find_own(session, ctx, number)
        feedback.change_status(session, item, Status.WITHDRAWN, item.author_id, "", ctx.now)
        redact_archive(session, ctx.core.wire, [item])
        return say(ctx.speech.say("#{number} is withdrawn. Nobody else is shown it any more.", number=number))

    return await ctx.settle(job)


async def visibility(ctx: Context, number: Number, visibility: Visibility, sure: Token | None = None) -> Reply:
    """Choose who sees your feedback."""
    item = await ctx.read(lambda session: items.find_own(session, ctx, number))
    if visibility is Visibility.NAMELESS and not sure and item.visibility is not Visibility.NAMELESS:
        yes = {"number": str(number), "visibility": visibility.value, "sure": "1"}
        seen = item.visibility is Visibility.NAMED
        return _preview(ctx, item.text, Button(ctx.speech.say("Take my name off"), "visibility", yes), seen=seen)

    def job(session: Session) -> Reply:
        mine = items.find_own(session, ctx, number)
        _change_author(session, ctx, mine, visibility)
        feedback.change_visibility(session, mine, visibility, mine.author_id, ctx.now)
        who = items.audience(ctx.speech, visibility)
        said = ctx.speech.say("#{number} is now visible to: {who}.", number=number, who=who)
        return Reply((Paragraph(said), items.own_buttons(ctx, mine)))

    return await ctx.settle(job)


async def _file(ctx: Context, kind: Kind, text: str, area: str | None, visibility: Visibility | None) -> Reply:
    shown = visibility or DEFAULT_VISIBILITY[kind]
    area = _known_area(ctx, area) if area else None
    if shown is not Visibility.NAMELESS:
        return await ctx.settle(lambda session: _add(session, ctx, kind, text, area, shown))

    def job(session: Session) -> Reply:
        given = {"text": text, **({"area": area} if area else {})}
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, ctx.command.name, given, ctx.now)
        kept = {"draft": str(draft.id)}
        return _preview(
            ctx,
            text,
            Button(ctx.speech.say("Send"), "send", kept),
            Button(ctx.speech.say("Edit"), "rewrite", kept),
            Button(ctx.speech.say("Cancel"), "discard", kept),
        )

    return await ctx.settle(job)


def _known_area(ctx: Context, area: str) -> str:
    """The community's area of that name: a form can be forged, and areas become headings in the staff's digest."""
    areas = Areas(ctx.own.areas, ctx.core.languages.all().values())
    known = areas.find(area)
    if known is None:
        choices = ", ".join(ctx.speech.area(one) for one in areas.offered)
        raise UserError(ctx.speech.say("“{text}” is not one of: {choices}.", text=area[:40], choices=choices))
    return known


def _add(session: Session, ctx: Context, kind: Kind, text: str, area: str | None, shown: Visibility) -> Reply:
    person = ctx.person(session)
    _refuse_too_many(session, ctx, person, ctx.mark(person))
    nameless = shown is Visibility.NAMELESS
    item = Feedback(
        community_id=ctx.community.id,
        kind=kind,
        area=area,
        visibility=shown,
        language=ctx.core.detector.detect(text, ctx.speech.language),
        text=text,
        author_id=None if nameless else person,
        author_hash=ctx.mark(person) if nameless else None,
        source=ctx.core.store.keys.fingerprint(ctx.event),
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    feedback.add(session, item)
    if nameless:
        _seal(session, ctx, item)
    return items.receipt(ctx, item)


def _refuse_closed(ctx: Context, item: Feedback) -> None:
    if not items.is_open(item):
        raise UserError(ctx.speech.say("#{number} is closed; its words stay as they are.", number=item.number))


def _seal(session: Session, ctx: Context, item: Feedback) -> None:
    actor = ctx.inbound.actor
    delivery.seal_address(session, ctx.core.store.keys, item, actor.platform, actor.id)


def _refuse_too_many(session: Session, ctx: Context, member_id: int, mark: str) -> None:
    most = ctx.core.settings.limits.open_items
    if feedback.open_count(session, ctx.community.id, member_id, mark) >= most:
        raise UserError(
            ctx.speech.count(
                "{n} item of yours waits for the team, which is the most. Withdraw one, or let the team catch up.",
                "{n} items of yours wait for the team, which is the most. Withdraw one, or let the team catch up.",
                most,
            )
        )


def _preview(ctx: Context, text: str, *choices: Button, seen: bool = False) -> Reply:
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


def _draft(session: Session, ctx: Context, draft: int) -> Prompt:
    found = prompts.find(session, draft, ctx.holder)
    if found is None:
        raise UserError(ctx.speech.say("This draft is gone: it was sent, cancelled, or is older than a day."))
    return found


def _change_author(session: Session, ctx: Context, item: Feedback, to: Visibility) -> None:
    """Take the author's name off an item and its history, or put it back."""
    person = ctx.person(session)
    if to is Visibility.NAMELESS and item.author_id is not None:
        item.author_id, item.author_hash = None, ctx.mark(person)
        for entry in feedback.history(session, item.id):
            if entry.actor_id == person and (entry.action is not Action.STATUS or entry.after == Status.WITHDRAWN):
                entry.actor_id = None
        outbox.readdress(session, item.id, person, None)
        supports.forget_follower(session, item, person)
        _seal(session, ctx, item)
    elif to is not Visibility.NAMELESS and item.author_id is None:
        item.author_id, item.author_hash = person, None
        outbox.readdress(session, item.id, None, person)
        delivery.drop_address(session, item)
    session.add(item)
    session.flush()
