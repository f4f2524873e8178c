"""What a person says first costs no more transactions than what they say later, but for who writes without a name."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from tests.stage import BareStage, Person


@pytest.fixture
def transactions(stage: BareStage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each transaction that writes ended."""
    ended: list[str] = []
    write = stage.core.store.write

    async def counted(job: Callable[[Session], Any]) -> Any:
        try:
            made = await write(job)
        except Exception as error:
            ended.append(type(error).__name__)
            raise
        ended.append("committed")
        return made

    monkeypatch.setattr(type(stage.core.store), "write", lambda _, job: counted(job))
    return ended


FIRST = ("/suggest Sunday opening", "/ask When is the harbour open?", "/mine", "/help")


async def test_a_person_s_first_message_is_one_transaction_unless_they_write_without_a_name(
    stage: BareStage, transactions: list[str]
) -> None:
    for said in FIRST:
        await Person(stage, f"says {said}").says(said)
    assert transactions == ["committed"] * len(FIRST)
    robin = Person(stage, "robin")
    await robin.says("/suggest")
    transactions.clear()
    await robin.fills(text="A bench", audience="everyone", name="nameless")
    await robin.presses("Send")
    robin.hears("Got it")
    assert transactions == ["committed"] * 4, "the person is stored in a transaction of their own"
