"""The command /mine: lists a person's items, what they support and follow, and their questions, with ways out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TypeVar

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.features.feedback.cards import keep_list
from bot.features.feedback.own import exits
from bot.features.feedback.own.mine import LISTS
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.display import joined, view
from bot.feedback.display.moment import as_of
from bot.feedback.display.paging import Page
from bot.feedback.telling import readiness
from bot.feedback.telling.news import chosen
from bot.language.text.excerpt import excerpt
from bot.locales.words import mark
from bot.ports.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    Line,
    Paragraph,
    Reply,
    Row,
    Select,
    State,
    Strong,
    Title,
    say,
)
from storage.answers import questions
from storage.items import feedback
from storage.items.public import browsing
from storage.items.support import groups, mutes, standings
from storage.models import Feedback, Question
from storage.traffic import news
from storage.values import frozen
from storage.vocabulary import Decision, News

PAGE = 5
"""The number of entries on a page."""
MOST = 200
"""The largest number of a person's own items to list."""
Entry = TypeVar("Entry")


class Part(IntEnum):
    """A part of the list."""

    OWN = 0
    OTHERS = 1
    QUESTIONS = 2


HEADINGS = {
    Part.OWN: mark("Your feedback"),
    Part.OTHERS: mark("Supported and followed"),
    Part.QUESTIONS: mark("Your questions"),
}


@frozen
class Sheet:
    """One page of one part of the list.

    Attributes:
        total: the number of entries of the part.
        entries: the entries of the page.
        ways_out: the choices below them.
        listed: the items among the entries.
        new: the ids of the items with news that was not sent.
    """

    part: Part
    page: int
    total: int
    entries: tuple[Block, ...]
    ways_out: tuple[Block, ...] = ()
    listed: Sequence[Feedback] = ()
    new: Collection[int] = ()


async def mine(ctx: Context, part: Token | None = None, page: Token | None = None) -> Reply:
    """See what became of your feedback."""
    wanted = Part(part) if part in list(Part) else None

    def draw(session: Session, ctx: Context, found: Sheet) -> Reply:
        shown = _show(ctx, found)
        return replace(shown, blocks=(*shown.blocks, *(readiness.listed(session, ctx) if wanted is None else ())))

    def find(session: Session, ctx: Context) -> Sheet:
        found = _sheet(session, ctx, wanted or Part.OWN, page or 0)
        if wanted is None and not found.total:
            found = next((one for one in _others(session, ctx) if one.total), found)
        return found

    def job(session: Session) -> Reply:
        found = find(session, ctx)
        if ctx.member is not None and found.new and _only_shown(session, ctx):
            news.see(session, ctx.member.id, set(found.new))
        keep_list(ctx, found.listed, lambda session, ctx: draw(session, ctx, find(session, ctx)))
        return draw(session, ctx, found)

    seen = await ctx.read(lambda session: _only_shown(session, ctx))
    return await (ctx.settle(job) if seen else ctx.read(job))


def _only_shown(session: Session, ctx: Context) -> bool:
    """Whether the person is sent no news, so that it is marked as new here, and as seen once it was shown."""
    return ctx.member is not None and chosen(ctx, news.choice(session, ctx.member.id)) is News.NEVER


def _others(session: Session, ctx: Context) -> Sequence[Sheet]:
    return [_sheet(session, ctx, part, 0) for part in (Part.OTHERS, Part.QUESTIONS)]


def _sheet(session: Session, ctx: Context, part: Part, page: int) -> Sheet:
    if ctx.member is None:
        return Sheet(part, 0, 0, ())
    return _MAKERS[part](session, ctx, ctx.member.id, page)


def _own(session: Session, ctx: Context, member_id: int, page: int) -> Sheet:
    found = feedback.of_author(session, ctx.community.id, member_id, ctx.marks(member_id), MOST)
    shown, page = _cut(found, page)
    # Nameless items have no button: stored together with those of named items, it would reveal their author.
    named = [item for item in shown if not item.nameless]
    new, muted = _new(session, member_id, named), mutes.muted_by(session, member_id, [one.id for one in named])
    entries = tuple(
        Bullets((line,)) if item.nameless else _entry(ctx, item, line)
        for item in shown
        for line in (_line(session, ctx, item, new=item.id in new),)
    )
    ways_out = (
        *_targets(session, ctx, named),
        *exits.ways_out(ctx, named, muted, (exits.withdraw_button, exits.unquote_button)),
    )
    unnamed = (exits.mute_nameless_button(ctx),) if len(named) < len(shown) else ()
    return Sheet(Part.OWN, page, len(found), entries, (*ways_out, *unnamed), shown, new)


def _targets(session: Session, ctx: Context, named: Sequence[Feedback]) -> tuple[Select, ...]:
    """The choice of items that a person's own ones are joined to, without hidden and nameless ones."""
    found = {to.id: to for item in named if (to := groups.target(session, item)) is not item}
    seen = [one for one in found.values() if may_see(ctx, one) and not one.nameless]
    options = tuple(_opening(f"#{one.number} {items.title(one, 40)}", one) for one in seen)
    return (Select(ctx.speech.say("What yours is joined to"), options),) if options else ()


def _backed(session: Session, ctx: Context, member_id: int, page: int) -> Sheet:
    backed = standings.of_member(session, ctx.community.id, member_id)
    ids, page = _cut(list(backed), page)
    shown = browsing.rows(session, ids)
    new, muted = _new(session, member_id, shown), mutes.muted_by(session, member_id, ids)
    entries = tuple(
        _entry(ctx, item, _backed_line(ctx, item, supports=backed[item.id], new=item.id in new)) for item in shown
    )
    out = exits.ways_out(ctx, shown, muted, (exits.leave_button,))
    return Sheet(Part.OTHERS, page, len(backed), entries, out, shown, new)


def _asked(session: Session, ctx: Context, member_id: int, page: int) -> Sheet:
    found = questions.asked_by(session, ctx.community.id, member_id, ctx.marks(member_id))
    shown, page = _cut(found, page)
    entries = tuple(Bullets((_question_line(ctx, one),)) for one in shown)
    named = [one for one in shown if one.asker_id == member_id]
    back = tuple(Button(excerpt(one.text, 40), "unask", {"question": str(one.id)}) for one in named)
    out = (Select(ctx.speech.say("Take a question back"), back),) if back else ()
    return Sheet(Part.QUESTIONS, page, len(found), entries, out)


_MAKERS: dict[Part, Callable[[Session, Context, int, int], Sheet]] = {
    Part.OWN: _own,
    Part.OTHERS: _backed,
    Part.QUESTIONS: _asked,
}


def _cut(found: Sequence[Entry], page: int) -> tuple[Sequence[Entry], int]:
    """The entries of a page, and its number, which is the last page's if `page` is larger."""
    page = max(0, min(page, (len(found) - 1) // PAGE))
    return found[page * PAGE :][:PAGE], page


def _new(session: Session, member_id: int, shown: Sequence[Feedback]) -> set[int]:
    """The ids of those items with news that was not sent."""
    return news.unseen(session, member_id) & {one.id for one in shown}


def _show(ctx: Context, sheet: Sheet) -> Reply:
    if not sheet.total and sheet.part is Part.OWN:
        return say(ctx.speech.say("Nothing of yours yet. /suggest, /problem and /praise reach the team."))
    empty = () if sheet.total else (Paragraph(ctx.speech.say("Nothing like that here.")),)
    page = Page(sheet.page, PAGE, sheet.total)
    heading, span = ctx.speech.say(HEADINGS[sheet.part]), page.span(ctx.speech)
    title = Title(f"{heading} · {span}" if span else heading)
    shown = (title, *empty, *sheet.entries, as_of(ctx))
    turns = page.turns(ctx.speech, "mine", lambda to: {"part": str(int(sheet.part)), "page": str(to)})
    return Reply((*shown, *sheet.ways_out, *turns, _parts(ctx, sheet)))


def _parts(ctx: Context, sheet: Sheet) -> Buttons:
    return Buttons(
        tuple(
            Button(
                ctx.speech.say(HEADINGS[part]),
                "mine",
                {"part": str(int(part))},
                state=State.CHOSEN if part is sheet.part else State.OPEN,
            )
            for part in Part
        )
    )


def _entry(ctx: Context, item: Feedback, line: Line) -> Row:
    """An item, with the button that shows its card."""
    return Row(line, _opening(f"#{item.number}", item))


def _opening(label: str, item: Feedback) -> Button:
    return Button(label, "status", {"number": str(item.number), "listed": str(LISTS.index("mine"))})


def _line(session: Session, ctx: Context, item: Feedback, *, new: bool = False) -> Line:
    speech = ctx.speech
    line = speech.line(
        "{number} {title} · {status} · {audience}, {name}",
        number=Strong(f"#{item.number}"),
        title=items.title(item),
        status=view.status_in_view(speech, item, joined.status_line(session, speech, item)),
        audience=speech.word(item.audience),
        name=speech.word(feedback.naming_of(item)),
    )
    return _marked(ctx, line, new=new)


def _backed_line(ctx: Context, item: Feedback, *, supports: bool, new: bool) -> Line:
    """The line of another person's item, without its words where they may not be seen any more."""
    speech = ctx.speech
    line = speech.line(
        "{number} {title} · {status} · {how}",
        number=Strong(f"#{item.number}"),
        title=items.title(item) if may_see(ctx, item) else "…",
        status=items.status_word(speech, item),
        how=speech.say("supported") if supports else speech.say("followed"),
    )
    return _marked(ctx, line, new=new)


def _marked(ctx: Context, line: Line, *, new: bool) -> Line:
    parts = (line,) if isinstance(line, str) else line
    return (Strong(ctx.speech.say("New")), " · ", *parts) if new else line


def _question_line(ctx: Context, asked: Question) -> Line:
    day = ctx.speech.day(asked.asked_at.astimezone(ctx.zone).date())
    answered = asked.decision is Decision.ANSWER and asked.useful is not False
    state = ctx.speech.say("answered") if answered else ctx.speech.say("waits for an answer")
    return ctx.speech.say("{text} · {day} · {state}", text=excerpt(asked.text, 80), day=day, state=state)
