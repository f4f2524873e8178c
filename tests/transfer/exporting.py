"""Exports as text, for the tests of what leaves the store."""

import io
from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel import Session

from bot.core import Core
from bot.transfer.incoming.rows import Row
from storage.models import Community
from storage.vocabulary import Kind
from tests.clock import WEDNESDAY

Export = Callable[[], Awaitable[list[dict[str, Any]]]]


async def written(core: Core, community: Community, write: Callable[..., None]) -> str:
    out = io.StringIO(newline="")

    def job(session: Session) -> None:
        write(session, community, out, lambda: False)

    await core.store.read(job)
    return out.getvalue()


def row(text: str, author: str = "") -> Row:
    return Row(Kind.SUGGESTION, text, author, WEDNESDAY, "Quality", 2)
