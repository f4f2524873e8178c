"""Buttons behind tokens: signed where they fit, stored where they do not; nobody else's, and not for ever."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.commands.buttons import (
    MOST_BYTES,
    REFERENCE_PREFIX,
    ROW_PREFIX,
    SIGNATURE_LENGTH,
    SIGNED_PREFIX,
    find,
    sign,
    with_tokens,
)
from bot.core import Core
from bot.ports.inbound import Actor
from bot.ports.reply import Button, Buttons, Reply
from storage.engine.keys import Keys
from storage.models import Button as StoredButton

KEYS = Keys(bytes(range(32)))
NOON = datetime(2026, 3, 4, 12, 0, 40, tzinfo=UTC)
CAMILLE, NOOR = Actor("bare", "camille", "Camille"), Actor("bare", "noor", "Noor")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
EDIT = Button("Edit", "edit", {"number": "12"})
LONG = Button("Edit", "edit", {"number": "12", "reason": "x" * 80})


async def pressed(
    core: Core, token: str, actor: Actor, oldest: datetime = LONG_AGO
) -> tuple[str, dict[str, str]] | None:
    found = await core.store.read(lambda session: find(session, core.store.keys, token, actor, oldest))
    return (found.command, dict(found.args)) if found and found.theirs else None


async def shown(core: Core, button: Button, holder: Actor | None) -> str:
    reply = Reply((Buttons((button,)),))
    made = await core.store.write(lambda session: with_tokens(session, core.store.keys, reply, holder, NOON, 3))
    (block,) = made.blocks
    assert isinstance(block, Buttons)
    return block.buttons[0].token


@pytest.mark.parametrize(
    ("reason", "opening"), [("Done", SIGNED_PREFIX), ("It is done, and everybody was told about it", REFERENCE_PREFIX)]
)
async def test_a_button_does_what_it_did_when_it_was_made(core: Core, reason: str, opening: str) -> None:
    button = Button("Decide", "queue", {"number": "12", "reason": reason})
    token = await shown(core, button, CAMILLE)
    assert token.startswith(opening)
    assert len(token) <= MOST_BYTES
    assert await pressed(core, token, CAMILLE) == ("queue", button.args)
    assert await pressed(core, token, NOOR) is None


async def test_one_for_everybody_is_for_everybody(core: Core) -> None:
    token = await shown(core, EDIT, None)
    assert await pressed(core, token, CAMILLE) == await pressed(core, token, NOOR) == ("edit", {"number": "12"})


@pytest.mark.parametrize("button", [EDIT, LONG])
async def test_an_old_one_is_no_longer_in_use(core: Core, button: Button) -> None:
    token = await shown(core, button, CAMILLE)
    assert await pressed(core, token, CAMILLE, NOON - timedelta(hours=1))
    assert await pressed(core, token, CAMILLE, NOON + timedelta(hours=1)) is None


@pytest.mark.parametrize("button", [EDIT, LONG])
async def test_changed_by_one_character_it_does_nothing(core: Core, button: Button) -> None:
    token = await shown(core, button, CAMILLE)
    for place in range(len(SIGNED_PREFIX), len(token)):
        forged = token[:place] + ("1" if token[place] != "1" else "2") + token[place + 1 :]
        assert await pressed(core, forged, CAMILLE) is None


async def test_what_is_stored_of_a_long_one_is_nobody_s_and_cannot_be_pressed(core: Core) -> None:
    mine, yours = await shown(core, LONG, CAMILLE), await shown(core, LONG, NOOR)
    assert mine != yours
    (row,) = await core.store.read(lambda session: session.exec(select(StoredButton)).all())
    assert (row.holder, row.community_id, row.args) == (None, None, LONG.args)
    assert row.token.startswith(ROW_PREFIX)
    assert await pressed(core, row.token, CAMILLE) is None
    assert re.fullmatch(r"[A-Za-z0-9_-]+", mine), "it may stand in a link"


async def test_it_does_not_tell_whose_it_is(core: Core) -> None:
    mine, yours = await shown(core, EDIT, CAMILLE), await shown(core, EDIT, NOOR)
    assert "camille" not in mine
    start = len(SIGNED_PREFIX) + SIGNATURE_LENGTH
    assert mine[start:] == yours[start:]
    assert mine != yours


@given(st.dictionaries(st.sampled_from(["number", "area", "to", "draft"]), st.text(max_size=12), max_size=2))
def test_whatever_it_carries_it_fits_and_is_ascii(args: dict[str, str]) -> None:
    token = sign(KEYS, Button("x", "visibility", args), CAMILLE, NOON, 12)
    assert token is None or (len(token.encode()) <= MOST_BYTES and token.isascii() and ":" not in token)


@given(st.text(max_size=80))
def test_what_somebody_made_up_is_refused_calmly(made_up: str) -> None:
    with Session() as session:
        found = find(session, KEYS, SIGNED_PREFIX + made_up, CAMILLE, LONG_AGO)
    assert found is None or not found.theirs
