"""`portevoix inbox`: lists, retries and drops what somebody sent and the bot could not handle."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.cells import printable
from bot.cli.outbox import age
from bot.cli.terminal.opening import note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from storage.traffic import inbox

NUMBER = Annotated[str, typer.Argument(metavar="ID", help="As `inbox list` prints it.")]


def list_(ctx: typer.Context) -> None:
    """Print what was set aside because it stopped the bot or failed each time, the oldest first.

    One line each, with tabs between: its id, its platform, its age, and why it was set aside; never its words.
    """

    async def job(core: Core) -> list[str]:
        now = core.clock.now()
        parked = await core.store.read(inbox.parked)
        return [
            "\t".join((one.event_id, one.platform, age(now - one.received_at), printable(one.why))) for one in parked
        ]

    lines = perform(ctx, job, reads=True)
    for line in lines:
        emit(line)
    note(f"{len(lines)} set aside.")


def retry(ctx: typer.Context, number: NUMBER) -> None:
    """Handle it again."""

    async def job(core: Core) -> bool:
        return await core.store.write(lambda session: inbox.unpark(session, number))

    _require(perform(ctx, job, reads=True), number)
    note(f"{number} waits again: the running bot handles it soon; if none is running, the next `portevoix run`.")


def drop(ctx: typer.Context, number: NUMBER) -> None:
    """Forget it, and its words."""

    async def job(core: Core) -> bool:
        def forget(session: Session) -> bool:
            theirs = [one for one in inbox.parked(session) if one.event_id == number]
            for one in theirs:
                inbox.set_aside(session, one.platform, [number], core.clock.now())
            return bool(theirs)

        return await core.store.write(forget)

    _require(perform(ctx, job, reads=True), number)
    note(f"{number} is gone.")


def _require(found: bool, number: str) -> None:
    if not found:
        raise OperatorError(f"Nothing set aside has the ID {number}: portevoix inbox list shows what there is.")
