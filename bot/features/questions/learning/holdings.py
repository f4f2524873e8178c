"""The commands that list the answers of the knowledge for moderators, by words or a tag, and show one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.features.questions.learning.held import find, tags_of
from bot.features.questions.provenance import answer_blocks
from bot.feedback.display.paging import Page
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import fold
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Reply, Row, Select, Strong, Title
from storage.answers import knowledge
from storage.values import frozen

PAGE = 5
"""The number of answers on a page."""
MOST_TAGS = 25
"""The largest number of tags offered, as many as a menu has room for."""
MOST_PHRASINGS = 5
"""The largest number of further phrasings shown of one answer."""
TAG = "#"
"""Marks a tag in the words to search for."""


@frozen
class Listed:
    """An answer as it is listed.

    Attributes:
        asked: its phrasings.
    """

    id: int
    asked: Sequence[str]
    tags: tuple[str, ...]

    def fits(self, words: str) -> bool:
        """Whether a phrasing has these words or, if they are a tag such as `#pool`, the answer has that tag."""
        if words.startswith(TAG):
            return fold(words[1:].strip()) in map(fold, self.tags)
        return any(fold(words) in fold(text) for text in self.asked)


async def list_knowledge(ctx: Context, words: ShortText | None = None, page: Token | None = None) -> Reply:
    """List the answers the bot gives, by words or by a tag (#pool)."""
    wanted = (words or "").strip()
    every = await ctx.read(lambda session: _every(session, ctx.community.id))
    found = [one for one in every if not wanted or one.fits(wanted)]
    return Reply(tuple(_blocks(ctx, every, found, wanted, page or 0)), edits=page is not None)


async def entry(ctx: Context, answer: Token) -> Reply:
    """Show an answer with its tags and its last day, and what can be done with it."""
    return await ctx.read(lambda session: show(session, ctx, answer))


def show(session: Session, ctx: Context, answer_id: int, *done: Block) -> Reply:
    """Show an answer, with buttons to change it.

    Args:
        done: blocks that say what was just done.

    Raises:
        UserError: the community has no such answer.
    """
    answer, asked = find(session, ctx, answer_id)
    args = {"answer": str(answer_id)}
    choices = (
        Button(ctx.speech.say("Tags"), "file_under", args),
        Button(ctx.speech.say("Last day"), "hold_until", args),
        Button(ctx.speech.say("Take it out"), "drop", args),
    )
    said = answer_blocks(session, ctx.speech, answer, answer.language, ctx.now, ctx.zone)
    others = knowledge.ways_of(session, ctx.community.id, answer.external_id)[1 : 1 + MOST_PHRASINGS]
    more = (Bullets(tuple(excerpt(one, 120) for one in others)),) if others else ()
    filed = tags_of(answer)
    tags = Paragraph(ctx.speech.say("Tags: {tags}", tags=", ".join(filed)) if filed else ctx.speech.say("No tags."))
    return Reply((*done, Paragraph((Strong(asked),)), *more, *said, tags, Buttons(choices)))


def _every(session: Session, community_id: int) -> list[Listed]:
    asked: dict[int, list[str]] = {}
    for own, text in knowledge.phrasings(session, community_id):
        asked.setdefault(own, []).append(text)
    answers = knowledge.answers(session, community_id)
    return [Listed(one.id, asked[one.id], tags_of(one)) for one in answers if one.text and one.id in asked]


def _blocks(ctx: Context, every: Sequence[Listed], found: Sequence[Listed], wanted: str, page: int) -> Iterator[Block]:
    if not found:
        nothing = (
            ctx.speech.say("Nothing is known with these words.") if every else ctx.speech.say("Nothing is known yet.")
        )
        yield Paragraph(nothing)
    at = min(max(page, 0), max(len(found) - 1, 0) // PAGE)
    pages, shown = Page(at, PAGE, len(found)), found[at * PAGE :][:PAGE]
    if shown:
        yield Title(_heading(ctx, wanted, pages))
    for one in shown:
        label = ctx.speech.say("Open: {question}", question=excerpt(one.asked[0], 60))
        yield Row(_line(one), Button(label, "entry", {"answer": str(one.id)}))
    tags = _tags(every)
    if tags:
        choices = (Button(f"{tag} · {n}", "knowledge", {"words": f"{TAG}{tag}", "page": "0"}) for tag, n in tags)
        yield Select(ctx.speech.say("Filed under"), tuple(choices))
    kept = {"words": wanted} if wanted else {}
    yield from pages.turns(ctx.speech, "knowledge", lambda to: {"page": str(to), **kept})


def _heading(ctx: Context, wanted: str, pages: Page) -> str:
    words, span = ctx.speech.say("What the bot knows"), pages.span(ctx.speech)
    named = f"{words} · {excerpt(wanted, 40)}" if wanted else words
    return f"{named} · {span}" if span else named


def _line(one: Listed) -> Line:
    asked = excerpt(one.asked[0], 120)
    return (f"{asked} · ", Strong(", ".join(one.tags))) if one.tags else (asked,)


def _tags(every: Sequence[Listed]) -> list[tuple[str, int]]:
    """The tags in use with the number of answers of each, the most used first."""
    return Counter(tag for one in every for tag in one.tags).most_common(MOST_TAGS)
