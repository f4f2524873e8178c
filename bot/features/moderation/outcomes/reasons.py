"""The commands that list, add, change and remove a community's ready-made reasons, by status and language."""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.outcomes.wording import VARIABLES, check_variables
from bot.feedback.desk.reasons import placed
from bot.feedback.display.outdated import Outdated
from bot.language.text.normalise import has_words
from bot.locales.words import LanguageChoice, Reasoned
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Row, Title
from storage.items.desk import ready_reasons
from storage.vocabulary import Status

MOST = 8
"""The largest number of reasons for one status in one language."""
MOST_CHARACTERS = 300
_NAMES = {LanguageChoice.EN: "English", LanguageChoice.FR: "Français"}
"""Each language by its own name."""


async def reasons(
    ctx: Context, status: Reasoned | None = None, language: LanguageChoice | None = None, text: ShortText | None = None
) -> Reply:
    """See and change the ready-made reasons for decisions."""
    if status is None:
        return await ctx.read(lambda session: _overview(session, ctx))
    if text is not None:
        return await _change(ctx, status, _code(ctx, language), None, text)
    return await ctx.read(lambda session: _list(session, ctx, status, _code(ctx, language)))


async def add_reason(
    ctx: Context,
    status: Reasoned,
    language: LanguageChoice,
    at: Token,
    sure: Token,
    text: ShortText | None = None,
    same: Token | None = None,
) -> Reply:
    """Add a ready-made reason, change one, or say one in another language."""
    # at: the place of the one to change, from 1; 0 adds one. sure: a checksum of the list as it was shown.
    # same: the key of the reason that the added one translates; None for a new reason.
    if text is None:
        there = ", ".join(f"{{{name}}}" for name in VARIABLES)
        return await ctx.ask(ctx.speech.say("In which words? These are filled in: {there}.", there=there), "text")
    return await _change(ctx, status, language.value, (at, sure), text, same)


async def drop_reason(ctx: Context, status: Reasoned, language: LanguageChoice, at: Token, sure: Token) -> Reply:
    """Remove a ready-made reason."""
    return await _change(ctx, status, language.value, (at, sure), "")


async def _change(
    ctx: Context,
    status: Reasoned,
    language: str,
    where: tuple[int, int] | None,
    text: str,
    same: int | None = None,
) -> Reply:
    """Add or change a reason, or remove it.

    Args:
        where: its place in the list from 1, or 0 to add one, and the mark of the list as shown; None to add to the
            list as it is now.
        text: the reason; empty to remove it.
        same: the key of the reason in another language that an added one translates.
    """
    check_variables(ctx.speech, text)
    if text and not has_words(text):
        raise UserError(ctx.speech.say("A reason needs a word."))
    if len(text) > MOST_CHARACTERS:
        raise UserError(ctx.speech.say("At most {n} characters: it is a button, too.", n=MOST_CHARACTERS))

    def job(session: Session) -> Reply:
        ready_reasons.hold(session, ctx.community.id)
        known = _placed(session, ctx, status, language)
        shown = [one for one in known if known[one]]
        place, sure = where or (0, _mark(known.values()))
        if sure != _mark(known.values()) or place > len(shown):
            raise Outdated(ctx.speech.say("These reasons were changed meanwhile. Nothing was done."))
        if not place and len(shown) == MOST:
            raise UserError(ctx.speech.say("At most {n} reasons: remove one first.", n=MOST))
        at = shown[place - 1] if place else _key(session, ctx, status, language, same)
        ready_reasons.keep(session, ctx.community.id, Status(status.value), language, {**known, at: text.strip()})
        return _list(session, ctx, status, language)

    return await ctx.settle(job)


def _overview(session: Session, ctx: Context) -> Reply:
    """The list of statuses, each with the number of its reasons in the moderator's language."""
    rows = []
    for status in Reasoned:
        known = _written(session, ctx, status, ctx.speech.language)
        count = ctx.speech.count("{n} reason", "{n} reasons", len(known))
        word = ctx.speech.word(status).capitalize()
        rows.append(Row(f"{word}: {count}", Button(word, "reasons", {"status": status.value})))
    return Reply((Title(ctx.speech.say("Ready-made reasons")), *rows))


def _list(session: Session, ctx: Context, status: Reasoned, language: str) -> Reply:
    stored, say_ = _placed(session, ctx, status, language), ctx.speech.say
    known = {at: text for at, text in stored.items() if text}
    given = {"status": status.value, "language": language, "sure": str(_mark(stored.values()))}
    name, others = _NAMES[LanguageChoice(language)], _elsewhere(session, ctx, status, language)
    title = Title(say_("Reasons: {status} ({language})", status=ctx.speech.word(status), language=name))
    empty = () if known else (Paragraph(say_("None: the words are typed each time.")),)
    same = Paragraph(say_("What stands beside it is told to those who read in that language."))
    paired = (same,) if any(others.get(at) for at in known) else ()
    there = ", ".join(f"{{{variable}}}" for variable in VARIABLES)
    filled = Paragraph(say_("Filled in when used: {there}.", there=there))
    drops = tuple(
        Button(say_("Remove {n}", n=place), "drop_reason", {**given, "at": str(place)})
        for place, _ in enumerate(known, 1)
    )
    buttons = (*((Buttons(drops),) if drops else ()), _ways(ctx, given, len(known)))
    return Reply((title, *_rows(ctx, known, others, given, name), *empty, *paired, filled, *buttons))


def _rows(
    ctx: Context, known: Mapping[int, str], others: Mapping[int, str], given: Mapping[str, str], name: str
) -> Iterator[Row]:
    """The reasons in this language, then those that are there in other languages alone.

    Args:
        name: the name of this language.
    """
    say_ = ctx.speech.say
    for place, at in enumerate(known, 1):
        change = Button(say_("Change {n}", n=place), "add_reason", {**given, "at": str(place)})
        yield Row(f"{place}. {known[at]}{others.get(at, '')}", change)
    for at, words in sorted(others.items()):
        if at not in known and len(known) < MOST:
            say_it = say_("Say it in {language}", language=name)
            yield Row(f"–{words}", Button(say_it, "add_reason", {**given, **_same(at)}))


def _ways(ctx: Context, given: Mapping[str, str], number: int) -> Buttons:
    """The buttons to add a reason, to show another language, and to go back.

    Args:
        number: the number of reasons there are.
    """
    adding = (Button(ctx.speech.say("Add"), "add_reason", {**given, "at": "0"}),) if number < MOST else ()
    languages = (
        Button(name, "reasons", {"status": given["status"], "language": choice.value})
        for choice, name in _NAMES.items()
        if choice.value != given["language"]
    )
    return Buttons((*adding, *languages, Button(ctx.speech.say("Back"), "reasons")))


def _same(key: int) -> dict[str, str]:
    """The arguments of a button that adds the translation of a reason in another language."""
    return {"at": "0", "same": str(key)}


def _written(session: Session, ctx: Context, status: Reasoned, language: str) -> list[str]:
    """The reasons for a status in a language."""
    return [text for text in _placed(session, ctx, status, language).values() if text]


def _placed(session: Session, ctx: Context, status: Reasoned, language: str) -> dict[int, str]:
    """The same by key, which a reason has in all languages; a removed one is empty."""
    speech = ctx.core.languages.speech(language)
    found = placed(session, ctx.community.id, Status(status.value), language)
    return {at: speech.translate(text) for at, text in found.items()}


def _elsewhere(session: Session, ctx: Context, status: Reasoned, language: str) -> dict[int, str]:
    """The reasons in other languages by key, each in brackets after its language's name."""
    own = ready_reasons.placed(session, ctx.community.id, Status(status.value))
    names = {choice.value: name for choice, name in _NAMES.items()}
    found = [(code, at, text) for code, texts in own.items() if code != language for at, text in texts.items() if text]
    return {at: f" ({names[code]}: {text})" for code, at, text in found}


def _key(session: Session, ctx: Context, status: Reasoned, language: str, same: int | None) -> int:
    """The key of a reason to add: a new one, or that of the reason it translates.

    Raises:
        Outdated: that reason is gone, or was translated meanwhile.
    """
    if same is None:
        own = ready_reasons.placed(session, ctx.community.id, Status(status.value))
        return max((-1, *_placed(session, ctx, status, language), *(at for texts in own.values() for at in texts))) + 1
    if same not in _elsewhere(session, ctx, status, language) or _placed(session, ctx, status, language).get(same):
        raise Outdated(ctx.speech.say("These reasons were changed meanwhile. Nothing was done."))
    return same


def _code(ctx: Context, language: LanguageChoice | None) -> str:
    """The code of the language chosen, by default the moderator's."""
    return ctx.speech.language if language in (None, LanguageChoice.AUTO) else language.value


def _mark(texts: Iterable[str]) -> int:
    """A checksum of a list of reasons, by which a button notices a change of the list."""
    return zlib.crc32("\n".join(texts).encode()) % 10**9
