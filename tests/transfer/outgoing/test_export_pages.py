"""An export is written page by page: seamless, with no transaction open, and stopped when asked to."""

import io
import json
from collections.abc import Callable

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Role
from bot.transfer.incoming.intake import load
from bot.transfer.outgoing import export
from bot.transfer.outgoing.export import write_csv, write_json
from storage.items import feedback
from storage.models import Community, History
from tests.stage import BareStage, Person
from tests.transfer.exporting import Export, row, written


async def test_pages_are_seamless(
    exported: Export, core: Core, plaza: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 3)
    await load(core, plaza, [row(f"Row {number}", "Ada") for number in range(7)], lambda _: None, lambda _: None)
    assert [(item["number"], item["author"]) for item in await exported()] == [
        (number, "Ada") for number in range(1, 8)
    ]


async def test_each_piece_is_told_with_its_own_history_whatever_the_page(
    exported: Export, camille: Person, stage: BareStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    for number in range(1, 6):
        await camille.says(f"/suggest Wish {number}")
    await Person(stage, "Mo", Role.MODERATOR).says("/queue 4 planned Spring")
    told = {item["number"]: [entry["action"] for entry in item["history"]] for item in await exported()}
    assert told == {1: ["filed"], 2: ["filed"], 3: ["filed"], 4: ["filed", "status"], 5: ["filed"]}


async def test_histories_are_asked_for_by_the_page(
    core: Core, plaza: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def histories(session: Session, ids: list[int]) -> dict[int, list[History]]:
        asked.append(len(ids))
        return {own: [] for own in ids}

    monkeypatch.setattr(feedback, "histories", histories)
    monkeypatch.setattr(export, "PAGE", 3)
    await load(core, plaza, [row(f"Row {number}") for number in range(7)], lambda _: None, lambda _: None)
    await written(core, plaza, write_json)
    assert asked == [3, 3, 1]


@pytest.mark.parametrize("write", [write_json, write_csv])
async def test_no_transaction_is_open_while_a_page_is_written_however_slow_its_reader(
    core: Core, plaza: Community, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    await load(core, plaza, [row(f"Row {number}") for number in range(5)], lambda _: None, lambda _: None)
    held: list[bool] = []

    def job(session: Session) -> None:
        write(session, plaza, io.StringIO(), lambda: held.append(session.in_transaction()))

    await core.store.read(job)
    assert held == [False] * 5


async def test_a_stopped_export_writes_no_more_and_does_not_look_whole(core: Core, plaza: Community) -> None:
    await load(core, plaza, [row("One"), row("Two")], lambda _: None, lambda _: None)
    out = io.StringIO()
    await core.store.read(lambda session: write_json(session, plaza, out, lambda: "One" in out.getvalue()))
    assert "Two" not in out.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(out.getvalue())
