"""`portevoix invite`: prints an invitation, by which people who are in none of the community's places take part."""

import typer

from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.dispatch.community.joining import JOIN, invitation, last_day
from storage.models import Community


def invite(ctx: typer.Context, community: CommunityOption = None) -> None:
    """Print an invitation, by which people take part whom no place of the community has seen.

    Whoever has it types it to the bot alone, as `/join CODE`; it is good for many, and for a week.
    """

    async def job(core: Core) -> tuple[str, list[str]]:
        own = await choose(core, community)
        return invitation(core.store.keys, own, core.clock.now().date()), ways_in(core, own, [])

    code, lines = perform(ctx, job, reads=True)
    emit(code)
    for line in lines:
        note(line)


def ways_in(core: Core, own: Community, links: list[str]) -> list[str]:
    """The lines that say how to take part by an invitation made now.

    Args:
        links: by platform, the start of the link that opens the bot's private chat.
    """
    today = core.clock.now().date()
    code = invitation(core.store.keys, own, today)
    return [
        f"Alone, the bot answers whom a place of {own.name} has seen, and whoever writes to it: /{JOIN} {code}",
        *[f"   or opens {link}{JOIN}_{code}" for link in links],
        f"   until the end of {last_day(today)} (UTC); `portevoix invite` makes another.",
    ]
