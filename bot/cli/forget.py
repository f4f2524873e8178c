"""`portevoix forget`: erases a person who cannot, or did not, ask for it in a chat."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cells import printable
from bot.cli.terminal.opening import note, perform
from bot.cli.terminal.output import emit
from bot.cli.terminal.questions import Questions
from bot.cli.upkeep.locking import existing
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.inbound import Actor
from bot.privacy import requests
from bot.privacy.requests import Outcome
from storage.models import Identity
from storage.privacy.departures import SPAN

_ACCOUNT = re.compile(r"([a-z]+):(\S.*)")


def forget(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ACCOUNT|NAME", help="Such as discord:123 or telegram:42; or a name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; only with an account.")] = False,
) -> None:
    """Erase everything about a person.

    As /forgetme does, for who left, was banned, wrote a letter or came by an import (import:NAME). A name is looked for
    among the display names, and it is asked which of them is meant. What was erased is printed and logged in numbers.
    The bot may run meanwhile.
    """
    existing(ctx)
    account = _account(who)
    if account is None and yes:
        raise OperatorError(f"Several people can be called {who}: with --yes, name an account, such as discord:123.")
    questions = Questions()

    async def job(core: Core) -> Outcome | None:
        chosen = account or _choose(await requests.named(core, who), who, questions)
        if chosen is None or not (yes or _is_sure(chosen, questions)):
            return None
        return await requests.forget(core, chosen)

    outcome = perform(ctx, job)
    questions.tell_unasked()
    if outcome is None:
        note("Nothing was erased.")
        return
    for kind, number in outcome.erased.items():
        emit(f"{kind}\t{number}")
    note(_closing_words(outcome))


def _account(who: str) -> Actor | None:
    found = _ACCOUNT.fullmatch(who.strip())
    return Actor(found[1], found[2], "") if found else None


def _choose(found: Sequence[Identity], name: str, questions: Questions) -> Actor | None:
    """Let the operator choose one of several accounts; None when they choose none.

    Raises:
        OperatorError: nobody has that name, or there is no such choice.
    """
    if not found:
        raise OperatorError(
            f"Nobody here is called {name}. An account is named like this: portevoix forget discord:123."
        )
    for number, one in enumerate(found, 1):
        note(f"{number}  {_label(Actor(one.platform, one.external_id, one.name))}")
    answer = questions.ask("which of them", "Which of them? A number, or nothing for none")
    if not answer:
        return None
    if not (answer.isdecimal() and 1 <= int(answer) <= len(found)):
        raise OperatorError(f"{answer} is none of them: nothing was erased.")
    one = found[int(answer) - 1]
    return Actor(one.platform, one.external_id, one.name)


def _is_sure(account: Actor, questions: Questions) -> bool:
    words = f"Erase everything about {_label(account)}? It cannot be undone."
    return bool(questions.confirm("whether to erase", words, default=False))


def _label(account: Actor) -> str:
    name = f" ({printable(account.name)})" if account.name and account.name != account.id else ""
    return f"{account.platform}:{printable(account.id)}{name}"


def _closing_words(outcome: Outcome) -> str:
    if not outcome.known:
        return "Nobody here has that account; what waited for it without a name is gone."
    return (
        f"Erased. What has no name leaves within {SPAN.days} days, each at a moment of its own, while the bot runs. "
        "An older backup that is brought back is erased again."
    )
