"""The list of questions that wait for an answer, page by page, with buttons."""

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.features.questions.waiting import wordings
from bot.features.questions.waiting.wordings import Asked
from bot.feedback.display.paging import Page
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Line, Row, Select, Strong, Title, Weight

PAGE = 5
"""The number of questions on a page."""
WORDINGS = 6
"""The largest number of other wordings shown of a question."""


async def page(ctx: Context, number: int, draft: int | None = None) -> tuple[Block, ...]:
    """A page of the waiting questions; empty when there are none.

    Args:
        number: the page from 0; the last one is shown if there are fewer.
        draft: the draft with the answer that the buttons send; None when the answer is still to be written.
    """
    waiting = await wordings.waiting(ctx)
    return listed(ctx, waiting, number, draft) if waiting else ()


def listed(ctx: Context, waiting: Sequence[Asked], number: int, draft: int | None = None) -> tuple[Block, ...]:
    """As `page`, for these questions."""
    at = min(max(number, 0), (len(waiting) - 1) // PAGE)
    pages, shown = Page(at, PAGE, len(waiting)), waiting[at * PAGE :][:PAGE]
    args = {} if draft is None else {"draft": str(draft)}
    rows = (Row(_line(ctx, one), _answer(ctx, one, args)) for one in shown)
    words, others = ctx.speech.say("Not for the team to answer?"), tuple(_unsuited(ctx, one) for one in shown)
    more = () if draft else (Select(words, others),)
    turns = pages.turns(ctx.speech, "unanswered", lambda to: {"page": str(to), **args})
    return (_heading(ctx, pages), *rows, *more, *turns)


def back(ctx: Context) -> Buttons:
    """The button back to the list."""
    return Buttons((Button(ctx.speech.say("Questions without an answer"), "unanswered", {"page": "0"}),))


def stays(ctx: Context, people: int) -> str:
    """How many people want a question to stay one, although the team asked them to send it as feedback."""
    return ctx.speech.count("{n} wants it to stay a question", "{n} want it to stay a question", people)


def _heading(ctx: Context, shown: Page) -> Title:
    words, span = ctx.speech.say("Questions without an answer"), shown.span(ctx.speech)
    return Title(f"{words} · {span}" if span else words)


def _answer(ctx: Context, one: Asked, args: Mapping[str, str]) -> Button:
    # With the question, since on some platforms the buttons of all rows stand together below them.
    label = ctx.speech.say("Answer: {question}", question=excerpt(one.first.text, 60))
    return Button(label, "answer", {"question": str(one.first.newest), **args}, weight=Weight.PRIMARY)


def _unsuited(ctx: Context, one: Asked) -> Button:
    label = ctx.speech.say("Not for us: {question}", question=excerpt(one.first.text, 60))
    return Button(label, "unsuited", {"question": str(one.first.newest)})


def _line(ctx: Context, one: Asked) -> Line:
    """The line of a question, with how many people asked it, and in which other words."""
    left = f" · {stays(ctx, one.left)}" if one.left else ""
    if not one.others:
        people = ctx.speech.count("{n} person", "{n} people", one.people)
        return (f"{excerpt(one.first.text, 120)} · ", Strong(people), left)
    alike = ctx.speech.count(
        "{n} person asked this or something like it", "{n} people asked this or something like it", one.people
    )
    others = "".join(f"\n– {excerpt(other.text, 120)}" for other in one.others[:WORDINGS])
    more = len(one.others) - WORDINGS
    rest = "\n" + ctx.speech.count("… and {n} more", "… and {n} more", more) if more > 0 else ""
    return (f"{excerpt(one.first.text, 120)} · ", Strong(alike), f"{left}{others}{rest}")
