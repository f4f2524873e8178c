"""The statements of a message are parsed once, however many others a connection has run."""

from typing import Any

from sqlmodel import Session

from bot.core import Core
from storage.engine.line import CURSOR
from tests.stage import BareStage, Person

OTHERS = 200
"""More statements than the driver keeps by default."""


async def test_a_suggestion_parses_no_statement_again(core: Core) -> None:
    parsed: list[object] = []

    def allow(*asked: object) -> int:
        """SQLite asks whether a statement is allowed when it parses it."""
        parsed.append(asked)
        return 0

    def watch(session: Session) -> None:
        cursor: Any = session.info[CURSOR][0]
        for number in range(OTHERS):
            cursor.execute(f"SELECT {number}")
        cursor.connection.set_authorizer(allow)

    stage = BareStage(core)
    zoe = Person(stage, "zoe")
    await core.store.write(watch)
    await core.store.glance(watch)
    for number in range(3):
        await zoe.says(f"/suggest Open later on Thursdays, please {number}")
    assert parsed
    parsed.clear()
    await zoe.says("/suggest Open later on Fridays, please")
    assert parsed == []
