"""The command that lists and changes a community's own words for kinds, areas and statuses."""

from sqlmodel import Session

from bot.commands.registry import ShortText
from bot.context import Context
from bot.errors import UserError
from bot.feedback.wording import configured, load
from bot.locales.terms import LONGEST, Fault, fault, find_term, sorts, tidy
from bot.locales.words import RouteUse
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Reply, Strong, say
from storage.people import words as store

ENGLISH, FRENCH = "en", "fr"


async def words(
    ctx: Context, usual: ShortText | None = None, english: ShortText | None = None, french: ShortText | None = None
) -> Reply:
    """List this community's own words for kinds, areas and statuses, and change them."""
    if usual is None:
        return _list(ctx)
    typed, *new = usual.split("=")
    english, french = (tidy(one) for one in (*new, english or "", french or "")[:2])
    known = _find(ctx, typed)
    if english and _is_usual(ctx, english):
        return await usual_word(ctx, known)
    if english:
        _check(ctx, known, english)
    if not (english and french):
        asked = "french" if english else "english"
        return await ctx.ask(_question(ctx, known, asked), *(("french",) if english else ("english", "french")))
    _check(ctx, known, french)
    return await _change(ctx, known, {ENGLISH: english, FRENCH: french})


async def usual_word(ctx: Context, usual: ShortText) -> Reply:
    """Go back to the usual word."""
    return await _change(ctx, _find(ctx, usual), {})


async def _change(ctx: Context, term: str, texts: dict[str, str]) -> Reply:
    def job(session: Session) -> Reply:
        store.put(session, ctx.community.id, term, texts)
        if not texts:
            back = " · ".join(_usual(ctx, term))
            return say(ctx.speech.say("The usual words are back: {words}.", words=back))
        told = ctx.speech.say("From now on: {words}.", words=" · ".join(texts.values()))
        undo = Button(ctx.speech.say("Back to the usual word"), "usual_word", {"usual": term})
        return Reply((Paragraph(told), Buttons((undo,))))

    reply = await ctx.settle(job)
    await ctx.read(lambda session: load(session, ctx.core))
    return reply


def _find(ctx: Context, typed: str) -> str:
    """The usual English word that a typed one stands for.

    Raises:
        UserError: there is none, or the settings file sets its word.
    """
    found = find_term(typed, ctx.own.areas, ctx.core.understood(ctx.community).values())
    if found is None:
        raise UserError(
            ctx.speech.say(
                "“{text}” is none of the words that can be changed. /words lists them.", text=tidy(typed)[:40]
            )
        )
    named = configured(ctx.core, ctx.community.key)
    if named and any(found in own for own in named.words.values()):
        raise UserError(ctx.speech.say("The settings' file says this of {area}: it is changed there.", area=found))
    return found


def _is_usual(ctx: Context, word: str) -> bool:
    return word in {speech.word(RouteUse.USUAL) for speech in ctx.core.languages.all().values()}


def _check(ctx: Context, term: str, word: str) -> None:
    """Raise `UserError` for a word that is too long, has invalid characters, or means something else already."""
    found = fault(term, word, ctx.own.areas, ctx.core.understood(ctx.community).values())
    if found:
        raise UserError(_explain(ctx, *found))


def _explain(ctx: Context, found: Fault, other: str) -> str:
    speech = ctx.speech
    if found == "long":
        return speech.say("A word has at most {n} characters, so that buttons show it whole.", n=LONGEST)
    if found == "taken":
        return speech.say("That is too like “{other}”, which means something else.", other=other)
    return speech.say("Nothing was changed: letters, digits, spaces and , ' - ! ? ( ) & % are what a word may have.")


def _question(ctx: Context, term: str, asked: str) -> str:
    now = " · ".join(_current(ctx, term))
    if asked == "english":
        return ctx.speech.say("“{words}”: what should it be in English?", words=now)
    return ctx.speech.say("“{words}”: what should it be in French?", words=now)


def _list(ctx: Context) -> Reply:
    blocks: list[Block] = []
    for sort, listed in sorts(ctx.own.areas).items():
        blocks += [Paragraph((Strong(ctx.speech.say(sort)),)), Bullets(tuple(_line(ctx, term) for term in listed))]
    how = Paragraph(ctx.speech.say("A word is changed so: /words planned = on our list = sur notre liste"))
    return Reply((*blocks, how))


def _line(ctx: Context, term: str) -> str:
    """A word in both languages, preceded by the usual one if it differs."""
    usual, own = " · ".join(_usual(ctx, term)), " · ".join(_current(ctx, term))
    return own if own == usual else f"{usual} → {own}"


def _usual(ctx: Context, term: str) -> tuple[str, ...]:
    known = ctx.core.languages.all()
    return known[ENGLISH].translate(term), known[FRENCH].translate(term)


def _current(ctx: Context, term: str) -> tuple[str, ...]:
    return tuple(ctx.core.speech(ctx.community, code).translate(term) for code in (ENGLISH, FRENCH))
