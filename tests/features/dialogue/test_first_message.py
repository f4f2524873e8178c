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


@pytest.mark.parametrize("said", ["/suggest Sunday opening", "/ask When is the harbour open?", "/mine", "/help"])
async def test_a_person_s_first_message_is_one_transaction(
    stage: BareStage, transactions: list[str], said: str
) -> None:
    await Person(stage, "robin").says(said)
    assert transactions == ["committed"]


async def test_without_a_name_the_person_is_stored_in_a_transaction_of_their_own(
    stage: BareStage, transactions: list[str]
) -> None:
    robin = Person(stage, "robin")
    await robin.says("/suggest")
    transactions.clear()
    await robin.fills(text="Sunday opening", audience="everyone", name="nameless")
    await robin.presses("Send")
    robin.hears("Got it")
    assert transactions == ["committed"] * 4
