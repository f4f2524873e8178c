"""The command that chooses a preset, the sort of community, which gives it areas and words."""

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.feedback.wording import configured, load
from bot.locales.presets import areas_of
from bot.locales.speech import Speech
from bot.locales.words import OR, Preset
from bot.ports.reply import Block, Button, Paragraph, Reply, Select, say
from storage.people import words


async def preset(ctx: Context, preset: Preset | None = None) -> Reply:
    """Choose what sort of community this is, which gives it areas and words."""
    if preset is None:
        return await ctx.show(Reply(offer(ctx.speech)))
    named = configured(ctx.core, ctx.community.key)
    if named and (named.preset or named.areas):
        raise UserError(ctx.speech.say("The settings' file names the areas of this community: they are changed there."))

    def job(session: Session) -> Reply:
        words.choose(session, ctx.community.id, preset.value)
        return _told(ctx.speech, preset)

    reply = await ctx.settle(job)
    await ctx.read(lambda session: load(session, ctx.core))
    return reply


def offer(speech: Speech) -> tuple[Block, ...]:
    """The optional question for the sort of community."""
    options = tuple(Button(_begun(speech.word(one)), "preset", {"preset": one.value}) for one in Preset)
    words_ = speech.say("What is this? It gives the areas to choose from, and can be changed later with /preset.")
    return Paragraph(words_), Select(speech.say("Choose, or leave out"), options)


def _told(speech: Speech, preset: Preset) -> Reply:
    if preset is Preset.NONE:
        return say(speech.say("Fine: the usual areas and words."))
    named = OR.join(map(speech.area, areas_of(preset)))
    first = speech.say("Done. The areas are now: {areas}. What was filed keeps its own.", areas=named)
    return say(first, speech.say("/words changes single words."))


def _begun(word: str) -> str:
    return word[:1].upper() + word[1:]
