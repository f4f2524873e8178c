"""A community's own questions about feedback: which are asked, as which fields, and how answers are parsed."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.context import Context
from bot.core import Core
from bot.errors import UserError
from bot.language.text.normalise import fold, says_something
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF
from bot.ports.reply import Input, Line
from bot.settings.community.questions import QuestionSettings
from bot.settings.config import CommunitySettings
from storage.items import details
from storage.models import Community, Feedback
from storage.traffic import prompts
from storage.vocabulary import Kind

PLACES = ("first", "second", "third", "fourth")
"""The parameters of the command that takes the answers, in the order of the questions."""
LONGEST = 200
"""The largest number of characters of an answer, as in a short field of Discord."""


def questions(own: CommunitySettings, kind: Kind, area: str | None) -> tuple[QuestionSettings, ...]:
    """The questions about feedback of a kind and area, in the order of the settings, at most as many as `PLACES`."""
    return tuple(one for one in own.questions if one.is_about(kind, area))[: len(PLACES)]


def optional(asked: Sequence[QuestionSettings]) -> tuple[QuestionSettings, ...]:
    """A copy of the questions with none required."""
    return tuple(one.model_copy(update={"required": False}) for one in asked)


def inputs(asked: Sequence[QuestionSettings], speech: Speech) -> tuple[Input, ...]:
    """The questions as fields of a form."""
    return tuple(
        Input(name, one.text_in(speech.language), _options(one, speech), one.required)
        for name, one in zip(PLACES, asked, strict=False)
    )


def inputs_of_prompt(session: Session, core: Core, holder: str, prompt: str, speech: Speech) -> tuple[Input, ...]:
    """The fields of the form for a stored question, as after a restart; empty when the question is gone."""
    asked = prompts.find(session, prompt, holder)
    draft = prompts.find(session, asked.args.get("draft", ""), holder) if asked else None
    community = session.get(Community, draft.community_id) if draft else None
    if draft is None or community is None or "command" not in draft.args:
        return ()
    kind = KIND_OF[draft.args["command"]]
    own = questions(core.settings_of(community), kind, draft.args.get("area"))
    return inputs(optional(own) if "item" in draft.args else own, speech)


def parse(speech: Speech, question: QuestionSettings, said: str) -> str:
    """Parse an answer into the form in which it is stored: its words or, of choices, the text in their first language.

    Raises:
        UserError: it is none of the choices, too long, or says nothing.
    """
    if not question.choices:
        if len(said) > LONGEST:
            raise UserError(
                speech.say("An answer has at most {n} characters: could it be shorter? Nothing was lost.", n=LONGEST)
            )
        if not says_something(said):
            raise UserError(speech.say("A few words are needed. Nothing was lost."))
        return said.strip()
    meant = fold(said.strip())
    for texts in question.choices.values():
        for place, text in enumerate(texts):
            if meant in (fold(text), str(place + 1)):
                return next(iter(question.choices.values()))[place]
    choices = " · ".join(question.choices_in(speech.language))
    raise UserError(speech.say("“{text}” is not one of: {choices}.", text=said.strip()[:40], choices=choices))


def facts(session: Session, ctx: Context, item: Feedback) -> tuple[tuple[str, Line], ...]:
    """The answered questions about an item with their answers, as names and values, for its author and the team."""
    answers = details.of_items(session, [item.id]).get(item.id, {})
    asked = {one.key: one for one in ctx.own.questions}
    return tuple(
        (_heading(ctx, asked.get(key), key), _said(ctx, asked.get(key), said)) for key, said in answers.items()
    )


def answered(told: Mapping[str, str]) -> dict[str, str]:
    """The answers without skipped questions."""
    return {key: said for key, said in told.items() if said}


def _heading(ctx: Context, question: QuestionSettings | None, key: str) -> str:
    return question.text_in(ctx.speech.language) if question else key


def _said(ctx: Context, question: QuestionSettings | None, said: str) -> str:
    """An answer in the reader's language, if it is one of the choices that the settings still have."""
    known = next(iter(question.choices.values()), ()) if question else ()
    return question.choices_in(ctx.speech.language)[known.index(said)] if question and said in known else said


def _options(question: QuestionSettings, speech: Speech) -> tuple[tuple[str, str], ...]:
    return tuple((str(place), text) for place, text in enumerate(question.choices_in(speech.language), 1))
