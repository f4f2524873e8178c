"""Shows the open items similar to a text about to be filed, with buttons to support one of them instead."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.display.edits import supporters, version
from bot.language.text.normalise import question_key
from bot.ports.reply import Block, Button, Paragraph, Reply, Row, Strong, Weight, flat
from bot.similar.community_index import digest
from storage.items import open_items, vectors
from storage.items.support import supports
from storage.models import Feedback
from storage.people.marks import recent_marks
from storage.vocabulary import Kind

SHOWN, SOUGHT = 3, 8
"""How many items are shown, and how many are searched for, as some may be closed or changed by now."""

Found = dict[int, str]
"""The digest of the words that were compared, by item id, the nearest first."""


async def find(ctx: Context, text: str) -> Found:
    """The items of this community most similar to a text, to be passed to `blocks`."""
    return await ctx.core.similar.find(ctx.community.id, text, SOUGHT)


def repeated(session: Session, ctx: Context, kind: Kind, text: str) -> Feedback | None:
    """The open item in which this person said the same words already; None when there is none.

    Nameless ones are skipped where others read the chat.
    """
    if ctx.member is None:
        return None
    key, marks = question_key(text), recent_marks(ctx.core.store.keys, ctx.community, ctx.member, ctx.now)
    theirs = open_items.words_of(session, ctx.community.id, ctx.member.id, marks)
    hidden = ctx.inbound.chat.overlooked
    same = (one for one in theirs if one.kind is kind and question_key(one.text) == key)
    own = [one.id for one in same if not (hidden and one.nameless)]
    return session.get_one(Feedback, own[0]) if own else None


def blocks(session: Session, ctx: Context, text: str, found: Found, *, supporting: bool = True) -> tuple[Block, ...]:
    """The most similar of the found items that are still open and in view, with their support; empty for none.

    Args:
        supporting: whether the person may support them instead; else their cards are opened.
    """
    if not found:
        return ()
    alike = [one for one in vectors.shown(session, list(found)) if digest(one.text) == found[one.id]]
    shown = [one for one in alike if not _counts_others(text, one.text)][:SHOWN]
    if not shown:
        return ()
    said = ctx.speech.say("This is close to what was said already:")
    return Paragraph(said), *(_entry(session, ctx, text, one, supporting=supporting) for one in shown)


def before_last(reply: Reply, *more: Block) -> tuple[Block, ...]:
    """The blocks of a reply with others before its last, which has the buttons."""
    return (*reply.blocks[:-1], *more, reply.blocks[-1])


def already_said(ctx: Context, item: Feedback) -> Reply:
    """The answer to a person who files the same words once more: the item with its status."""
    said = ctx.speech.line("You said this already: {number}.", number=Strong(f"#{item.number}"))
    standing = ctx.speech.line(
        "Status: {status}; {status_link} any time.",
        status=items.status_word(ctx.speech, item),
        status_link=items.status_link(ctx, item),
    )
    words = items.words(ctx.speech, item, whole=True)
    return Reply((Paragraph(said), words, Paragraph(standing), *items.own_buttons(ctx, item)))


def _entry(session: Session, ctx: Context, text: str, item: Feedback, *, supporting: bool) -> Row:
    speech, number = ctx.speech, f"#{item.number}"
    opposed = _opposed(text, item.text)
    line = speech.line(
        "{number} {title} · {support}",
        number=Strong(number),
        title=items.title(item, 120),
        support=supporters(speech, supports.total(session, item), 0),
    )
    if opposed:
        line = speech.line("{item} · it differs in a word that matters", item=flat(line))
    return Row(line, _button(session, ctx, item, supporting=supporting and not opposed))


def _button(session: Session, ctx: Context, item: Feedback, *, supporting: bool) -> Button:
    speech, number = ctx.speech, {"number": str(item.number)}
    mine = items.wrote(ctx, item, ctx.member) or supports.supports(session, item, ctx.member.id if ctx.member else None)
    if mine or not supporting:
        return Button(f"#{item.number}", "status", number)
    label = (
        speech.say("Me too: #{number}", number=item.number)
        if item.kind is Kind.PROBLEM
        else speech.say("Support #{number} instead", number=item.number)
    )
    return Button(label, "support", {**number, "read": str(version(item)), "on": "1"}, weight=Weight.GOOD)


def _counts_others(text: str, other: str) -> bool:
    """Whether two texts name different numbers, as of rooms or days, so that neither stands for the other."""
    from bot.language.text.comparison.opposites import counts  # noqa: PLC0415 - as below
    from bot.language.text.words import read  # noqa: PLC0415

    one, two = ({word.text for word in read(said) if counts(word.text)} for said in (text, other))
    return bool(one and two and one != two)


def _opposed(text: str, other: str) -> bool:
    """Whether two texts differ in a word that may turn one into the opposite of the other."""
    # Imported here: they bring the stemmer, which the command line does not need.
    from bot.language.text.comparison.wording import Change, compare  # noqa: PLC0415
    from bot.language.text.words import read  # noqa: PLC0415

    return compare(read(text), read(other)).change is Change.DECISIVE
