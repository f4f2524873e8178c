"""`portevoix outbox`: lists, retries and drops messages that could not be delivered."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cells import printable
from bot.cli.terminal.opening import note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from storage.models import Outbox, Place
from storage.traffic import outbox
from storage.values import frozen
from storage.vocabulary import Delivery

SOMEBODY = "a person"
NEGATIVE = {"ignore_unknown_options": True}
"""The setting by which these commands accept a negative id; messages caused by nameless people have one."""
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="As `outbox list` prints it.")]


@frozen
class Undelivered:
    """An undelivered message, without its words and without its recipient.

    Attributes:
        state: `failed`, or `unknown` when it may have arrived.
        where: a platform and the id of a place on it, or `a person`.
        since: when it was queued.
        why: the error of the last attempt.
        kept: whether its words are still stored, so that it can be sent again.
    """

    id: int
    state: str
    where: str
    since: datetime
    attempts: int
    why: str
    kept: bool


def list_(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Print what could not be delivered, the oldest first.

    One line each, with tabs between: its id, failed or unknown (it may have arrived), where it was to go, its age,
    how often it was tried, and why it stopped.
    """

    async def job(core: Core) -> tuple[int, list[Undelivered], datetime]:
        waiting, debts = await core.store.read(
            lambda session: (outbox.waiting_count(session), _list_undelivered(session))
        )
        return waiting, debts, core.clock.now()

    waiting, debts, now = perform(ctx, job, reads=True)
    if as_json:
        found = [{**asdict(debt), "since": debt.since.isoformat()} for debt in debts]
        emit(json.dumps({"waiting": waiting, "undelivered": found}, ensure_ascii=False))
        return
    for debt in debts:
        emit("\t".join(map(str, _cells(debt, now))))
    unknown = sum(debt.state == Delivery.UNKNOWN for debt in debts)
    note(f"{waiting} waiting, {len(debts) - unknown} failed, {unknown} that may have arrived.")
    if debts:
        note("`portevoix outbox retry ID` sends one again, `portevoix outbox drop ID` forgets it.")


def retry(
    ctx: typer.Context,
    number: Annotated[int | None, typer.Argument(metavar="[ID]", help="As `outbox list` prints it.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All that failed or may have arrived.")] = False,
) -> None:
    """Send a message again.

    The running bot delivers it. What may have arrived (unknown) can arrive twice, so it says so.
    """
    if (number is None) is not all_:
        raise OperatorError("Name one ID, or say --all: portevoix outbox list shows what there is.")

    async def job(core: Core) -> list[int]:
        def again(session: Session) -> list[int]:
            debts = _list_undelivered(session)
            chosen = [debt for debt in debts if all_ or debt.id == number]
            if number is not None and not chosen:
                raise OperatorError(
                    f"Nothing undelivered has the ID {number}: portevoix outbox list shows what there is."
                )
            return [debt.id for debt in chosen if outbox.retry(session, debt.id, core.clock.now())]

        return await core.store.write(again)

    sent = perform(ctx, job, reads=True)
    if number is not None and not sent:
        raise OperatorError(
            f"The words of {number} are no longer kept, so it cannot be sent again: portevoix outbox drop {number}."
        )
    note(f"Waiting again: {len(sent)}. The running bot delivers; if none is running, the next `portevoix run`.")


def drop(ctx: typer.Context, number: NUMBER) -> None:
    """Forget a message that was not delivered."""

    async def job(core: Core) -> bool:
        return await core.store.write(lambda session: outbox.drop(session, number))

    if not perform(ctx, job, reads=True):
        raise OperatorError(f"Nothing undelivered has the ID {number}: portevoix outbox list shows what there is.")
    note(f"{number} is gone.")


def age(span: timedelta) -> str:
    """A span of time in minutes, hours or days, whichever is the largest that fits."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"


def _list_undelivered(session: Session) -> list[Undelivered]:
    return [_describe(session, row) for row in outbox.undelivered(session)]


def _describe(session: Session, row: Outbox) -> Undelivered:
    why = printable(row.error).replace("\n", " ")
    return Undelivered(
        row.id, row.state.value, _where(session, row), row.created_at, row.attempts, why, row.payload is not None
    )


def _where(session: Session, row: Outbox) -> str:
    place = session.get(Place, row.place_id) if row.place_id is not None else None
    return f"{place.platform} {place.external_id}" if place else SOMEBODY


def _cells(debt: Undelivered, now: datetime) -> tuple[Any, ...]:
    return debt.id, debt.state, debt.where, age(now - debt.since), debt.attempts, debt.why
