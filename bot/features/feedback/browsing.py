"""The list of public items, in one message: in several orders, filtered by area and words, with buttons to support."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, ShortText, Token
from bot.context import Context
from bot.features.feedback.cards import keep_list
from bot.features.feedback.own import mine
from bot.feedback import items
from bot.feedback.display import paging
from bot.feedback.display.edits import supporters, version
from bot.feedback.display.moment import as_of
from bot.language.text.normalise import fold
from bot.locales.words import mark
from bot.ports.reply import (
    Block,
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
    Weight,
    say,
)
from storage.items.public import browsing
from storage.items.support import supports
from storage.models import Feedback
from storage.people import members
from storage.values import frozen
from storage.vocabulary import Order, Status

PAGE = 5
"""The number of entries on a page."""
HEADINGS = {
    Order.SUPPORTED: mark("Most supported"),
    Order.NEWEST: mark("Newest"),
    Order.UNDER_WAY: mark("Being worked on"),
    Order.DONE: mark("Done"),
}


@frozen
class View:
    """The order, filters and page of the list.

    Attributes:
        words: only what has all of these words; empty for everything.
        area: only what is of this area; None for all.
        page: the page, from 0.
    """

    order: Order = Order.SUPPORTED
    words: str = ""
    area: str | None = None
    page: int = 0

    def args(self) -> dict[str, str]:
        """The arguments of a button that shows it, without default values."""
        given = {"order": self.order.value, "words": self.words, "area": self.area or "", "page": str(self.page)}
        return {name: value for name, value in given.items() if value not in ("", "0")}


@frozen
class Page:
    """The entries of a view.

    Attributes:
        total: the number of entries on all pages.
        more: whether there are more than are browsed.
        earlier: the number of supporters from before an entry was edited, by its id.
        supported: the ids of those the reader supports.
        own: the ids of those the reader wrote.
    """

    view: View
    entries: list[Feedback]
    total: int
    more: bool
    earlier: dict[int, int]
    supported: set[int]
    own: set[int]


async def top(
    ctx: Context,
    order: Order | None = None,
    words: ShortText | None = None,
    area: ShortText | None = None,
    page: Token | None = None,
) -> Reply:
    """Browse the ideas here: the most supported, the newest, what is worked on, what is done."""
    view = _read(ctx, order, words, area, page)
    found = await ctx.read(lambda session: _page(session, ctx, view))
    _keep(ctx, found)
    return _show(ctx, found)


def _keep(ctx: Context, page: Page) -> None:
    """Note which items the answer to this call lists, so that it is edited when they change."""
    keep_list(ctx, page.entries, lambda session, ctx: _show(ctx, _page(session, ctx, page.view)))


async def listed(
    ctx: Context,
    number: Number,
    read: Token,
    on: Token,
    order: Order | None = None,
    words: ShortText | None = None,
    area: ShortText | None = None,
    page: Token | None = None,
) -> Reply:
    """Support an entry of the list, or take that back; the list stays, in private with what was changed."""
    view = _read(ctx, order, words, area, page)

    def job(session: Session) -> Reply:
        done = mine.change_support(session, ctx, number, read, on)
        if not ctx.inbound.chat.private:
            return done
        said = tuple(block for block in done.blocks if isinstance(block, Paragraph))[:1]
        found = _page(session, ctx, view)
        _keep(ctx, found)
        shown = _show(ctx, found)
        return replace(shown, blocks=(*said, *shown.blocks), edits=True)

    return await ctx.settle(job)


def _read(ctx: Context, order: Order | None, words: str | None, area: str | None, page: int | None) -> View:
    """The view that is asked for; words that are the name of an area count as that, as when commands are typed.

    Raises:
        UserError: the community has no such area.
    """
    known = items.areas_of(ctx.core, ctx.community)
    if area:
        area = items.known_area(ctx, area)
    elif words and (named := known.find(words)):
        area, words = named, None
    return View(order or Order.SUPPORTED, words or "", area or None, max(page or 0, 0))


def _page(session: Session, ctx: Context, view: View) -> Page:
    found = browsing.browse(session, ctx.community.id, view.order, view.area)
    ids = found[: browsing.MOST]
    if view.words:
        ids = _having(browsing.texts(session, ids), ids, view.words)
    view = replace(view, page=min(view.page, max(len(ids) - 1, 0) // PAGE))
    entries = browsing.rows(session, ids[view.page * PAGE :][:PAGE])
    member = members.find(session, ctx.inbound.actor.platform, ctx.inbound.actor.id)
    supported = {item.id for item in entries if member and supports.supports(session, item, member.id)}
    own = {item.id for item in entries if items.wrote(ctx, item, member)}
    # In a list that others read, too, the reader's own items and choices are not marked.
    alone = ctx.private or ctx.inbound.chat.private
    earlier = supports.earlier(session, entries)
    more = len(found) > browsing.MOST
    return Page(view, entries, len(ids), more, earlier, supported if alone else set(), own if alone else set())


def _having(texts: dict[int, str], ids: list[int], words: str) -> list[int]:
    wanted = fold(words).split()
    return [own for own in ids if all(word in fold(texts[own]) for word in wanted)]


def _show(ctx: Context, page: Page) -> Reply:
    view, speech = page.view, ctx.speech
    if not page.total and view == View():
        return say(speech.say("Nothing open for everyone to see yet. /suggest starts something."))
    nothing = () if page.entries else (Paragraph(speech.say("Nothing like that here.")),)
    entries = tuple(_entry(ctx, page, item) for item in page.entries)
    shown = (Title(_heading(ctx, page)), *nothing, *entries, as_of(ctx))
    return Reply((*shown, *_turning(ctx, page), _orders(ctx, view)))


def _heading(ctx: Context, page: Page) -> str:
    view, speech = page.view, ctx.speech
    parts = [speech.say(HEADINGS[view.order])]
    parts += [speech.area(view.area)] if view.area else []
    parts += [f"“{view.words}”"] if view.words else []
    span = paging.Page(view.page, PAGE, page.total, page.more).span(speech)
    return " · ".join((*parts, *((span,) if span else ())))


def _entry(ctx: Context, page: Page, item: Feedback) -> Block:
    line = _line(ctx, item, page.earlier.get(item.id, 0))
    if item.id in page.own or not items.is_open(item):
        return Paragraph(line)
    return Row(line, _support(ctx, page, item))


def _support(ctx: Context, page: Page, item: Feedback) -> Button:
    # With the number, since on some platforms the buttons of all entries stand together below them.
    label = f"{items.support_label(ctx.speech, item)} #{item.number}"
    on = item.id not in page.supported
    args = {"number": str(item.number), "read": str(version(item)), "on": str(int(on)), **page.view.args()}
    if on:
        return Button(label, "listed", args, weight=Weight.GOOD)
    return Button(f"{ctx.speech.say('Take support back')} #{item.number}", "listed", args)


def _line(ctx: Context, item: Feedback, earlier: int) -> Line:
    speech = ctx.speech
    number, title = Strong(f"#{item.number}"), items.title(item)
    support = supporters(speech, item.support, earlier)
    if item.status is Status.RECEIVED:
        return speech.line("{number} {title} · {support}", number=number, title=title, support=support)
    status = items.status_word(speech, item)
    return speech.line(
        "{number} {title} · {support} · {status}", number=number, title=title, support=support, status=status
    )


def _turning(ctx: Context, page: Page) -> tuple[Block, ...]:
    """The buttons to the previous and next page, and the choice of an entry to open."""
    view, speech = page.view, ctx.speech
    turns = paging.Page(view.page, PAGE, page.total).turns(speech, "top", lambda to: replace(view, page=to).args())
    opening = tuple(
        Button(f"#{item.number} {items.title(item, 30)}", "status", {"number": str(item.number), "listed": "1"})
        for item in page.entries
    )
    choosing = (Select(speech.say("Open one"), opening, heading=False),) if opening else ()
    return (*choosing, *turns)


def _orders(ctx: Context, view: View) -> Buttons:
    return Buttons(
        tuple(
            Button(
                ctx.speech.say(HEADINGS[order]),
                "top",
                replace(view, order=order, page=0).args(),
                state=State.CHOSEN if order is view.order else State.OPEN,
            )
            for order in Order
        )
    )
