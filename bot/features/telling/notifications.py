"""The command by which people choose how often they are sent news of what they wrote, support and follow."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback.telling.news import chosen, due
from bot.ports.reply import Button, Buttons, Paragraph, Reply, State
from storage.models import Outbox
from storage.traffic import news
from storage.vocabulary import News


async def notifications(ctx: Context, often: News | None = None) -> Reply:
    """Choose how often you are sent news of what you wrote, support and follow."""
    if often is None:
        return await ctx.read(lambda session: _show(ctx, _now(session, ctx)))

    def job(session: Session) -> Reply:
        person = ctx.person(session)
        news.choose(session, person, often.value)
        for row in news.held(session, person):
            _hold_anew(session, ctx, row, often)
        return _show(ctx, often)

    return await ctx.settle(job)


def _now(session: Session, ctx: Context) -> News:
    return chosen(ctx, news.choice(session, ctx.member.id) if ctx.member else "")


def _hold_anew(session: Session, ctx: Context, row: Outbox, wanted: News) -> None:
    """Hold a piece of news until it is due by the new choice, and at least as long as its decision can be undone."""
    soonest = max(ctx.now, row.created_at + timedelta(seconds=ctx.own.undo))
    news.postpone(session, [row], due(wanted, soonest, ctx.zone) or soonest)


def _show(ctx: Context, now: News) -> Reply:
    """The present choice, what it means, and the other choices."""
    say = ctx.speech.say
    meaning = {
        News.SPACED: say("News comes at most once a day: the first at once, what follows in one message a day later."),
        News.AT_ONCE: say("News comes at once; of what is decided together, in one message."),
        News.DAILY: say("News comes once a day, at nine, in one message."),
        News.WEEKLY: say("News comes on Mondays at nine, in one message."),
        News.NEVER: say("No news is sent. /mine shows what is new."),
    }
    rest = say(
        "Questions of the team to you and answers to yours come at once. So does news of what you wrote without your "
        "name: gathering it would show what else is yours."
    )
    buttons = tuple(
        Button(
            ctx.speech.word(one),
            "notifications",
            {"often": one.value},
            state=State.CHOSEN if one is now else State.OPEN,
        )
        for one in News
    )
    return Reply((Paragraph(meaning[now]), Paragraph(rest), Buttons(buttons)))
