"""Dialogues of authors with the team on a platform, and a search for the authors' names in all output of the bot."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot.ports.inbound import Role
from bot.transfer.outgoing.export import write_csv, write_json
from storage.engine import sqlite
from storage.engine.keys import Keys
from storage.models import Feedback
from storage.people import communities
from tests.adapters.discord.stage import DiscordStage
from tests.adapters.telegram.stage import TelegramStage
from tests.clock import StillClock
from tests.sockets.fakes.journal import Upload
from tests.sockets.updates import document, private, user
from tests.stage import Person
from tests.words import strange

FIRST_ACCOUNT = 7_310_000_000
"""The first author's Telegram account id, which occurs nowhere else."""
TURNS = 2


def marker(number: int) -> str:
    """An author's name, which occurs nowhere else."""
    return f"zqx{number:03}marker"


@dataclass
class Talks:
    """Authors, every second one nameless, who file an item and answer the team.

    Attributes:
        sent: everything the bot sent, as pairs of the chat and the payload.
    """

    stage: TelegramStage | DiscordStage
    clock: StillClock
    authors: dict[int, Person] = field(default_factory=dict)
    _events: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if isinstance(self.stage, DiscordStage):
            backend = self.stage.env.backend
            emit = backend.emit
            me = str(backend.bot_user.id)

            def note(event: str, payload: Any) -> None:
                own = isinstance(payload, dict) and (payload.get("author") or {}).get("id") == me
                if own and event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
                    said = {name: part for name, part in payload.items() if name != "interaction_metadata"}
                    self._events.append((str(payload["channel_id"]), json.dumps(said, default=str)))
                emit(event, payload)

            backend.emit = note  # type: ignore[method-assign]

    async def talk(self, number: int, alex: Person) -> None:
        """File an item, answer the team several times, edit the text, and be notified of the decision."""
        person = self.authors[number] = Person(self.stage, marker(number))
        self._give_account(number, person)
        item = await self._file(number, person)
        await person.says(f"/notifications {('daily', 'weekly', 'at once')[number % 3]}")
        for turn in range(TURNS):
            await alex.says(f"/askauthor {item} Which one, {turn}?")
            await self.stage.deliver()
            await person.presses("Answer")
            if turn == 0 and isinstance(self.stage, TelegramStage):
                await self._send_file(number, person)
            else:
                await person.fills(text=f"Answer {turn} to {item}")
        await person.says(f"/status {item}")
        await person.presses("Edit")
        await person.fills(text=f"{strange(number)} changed")
        await alex.says(f"/queue {item} done")
        await self.stage.deliver()
        await alex.says(f"/queue {item}")

    def _give_account(self, number: int, person: Person) -> None:
        if isinstance(self.stage, TelegramStage):
            account = FIRST_ACCOUNT + number
            self.stage._accounts[person.id] = user(account, person.id, username=f"{person.id}_nick")
            self.stage.fake.world.members[-1002, account] = {"status": "left"}
        else:
            self.stage.actor(person)

    def account(self, number: int) -> str:
        """The account id of an author."""
        if isinstance(self.stage, TelegramStage):
            return str(FIRST_ACCOUNT + number)
        return str(self.stage.actor(self.authors[number]).id)

    async def _file(self, number: int, person: Person) -> int:
        text = strange(number)
        if number % 2:
            await person.says("/suggest")
            await person.fills(text=text, audience="everyone", name="nameless")
            await person.presses("Send")
        else:
            await person.says(f"/suggest {text}")
        return await self.stage.core.store.read(
            lambda session: session.exec(select(Feedback).where(Feedback.text == text)).one().number
        )

    async def _send_file(self, number: int, person: Person) -> None:
        """Send a file named like its author; for a nameless item it is refused, and only the text is filed."""
        assert isinstance(self.stage, TelegramStage)
        chat = private(self.stage.account(person))
        name = f"{person.id}.txt"
        self.stage.fake.world.files[f"slip{number}"] = Upload(name, "text/plain", b"14 degrees")
        await self.stage.write(person, "Look", chat, document=document(f"slip{number}", name))

    def sent(self) -> Iterator[tuple[str, str]]:
        """Everything the bot sent, as pairs of the chat and the payload."""
        if isinstance(self.stage, TelegramStage):
            for call in self.stage.fake.journal.calls:
                if call.method.startswith(("send", "edit", "copy", "answer", "forward")):
                    files = "".join(f"{one.name} {one.content!r}" for one in call.files.values())
                    to = str(call.chat or call.parameters.get("callback_query_id"))
                    yield to, json.dumps(call.parameters, default=str, ensure_ascii=False) + files
            return
        yield from self._events
        for one in self.stage.shown():
            yield str(one.to or one.channel), one.text

    def own_chats(self, number: int) -> tuple[str, ...]:
        """The chats that only this author and the bot read."""
        if isinstance(self.stage, TelegramStage):
            return (self.account(number),)
        actor = self.stage.actor(self.authors[number])
        return (str(actor.id), str(self.stage.env.backend.dm_channels.get(actor.id)))


def moderator(stage: TelegramStage | DiscordStage, number: int = 0) -> Person:
    """A moderator."""
    return Person(stage, f"moderator {number}", Role.MODERATOR)


async def held(stage: TelegramStage | DiscordStage, clock: StillClock, how_many: int) -> tuple[Talks, str]:
    """Hold `how_many` dialogues, then post two digests; return the dialogues and the log."""
    talks, alex = Talks(stage, clock), moderator(stage)
    with capture_logs() as logs:
        for number in range(how_many):
            clock.forward(minutes=7)
            await talks.talk(number, alex)
        for _ in range(2):
            clock.forward(days=7)
            await stage.pass_time()
            await stage.deliver()
            await alex.says("/digest")
    return talks, json.dumps(logs, default=str)


async def leaks(talks: Talks, logs: str, home: Path, numbers: Sequence[int]) -> list[str]:
    """The places where these authors' names occur: payloads to other people, the log, an export or a backup."""
    stored = await talks.stage.core.store.read(_exported)
    backup = home / "copy.db"
    sqlite.backup(home / "pv.db", backup, talks.stage.core.store.keys)
    sent, raw, rows = list(talks.sent()), backup.read_bytes(), _rows(backup, talks.stage.core.store.keys)
    backup.unlink()
    found = []
    for number in numbers:
        for word in (marker(number), talks.account(number)):
            own = talks.own_chats(number)
            found += [f"{word} to {to}: {payload}" for to, payload in sent if to not in own and word in payload]
            found += [f"{word} in {name}" for name, whole in (("log", logs), ("export", stored)) if word in whole]
            found += [f"{word} in the backup"] if word.encode() in raw else []
            found += [f"{word} in {table}" for table, whole in rows.items() if word in whole and table != "identity"]
    return found


def _exported(session: Session) -> str:
    out, own = io.StringIO(), communities.every(session)[0]
    for write in (write_json, write_csv):
        write(session, own, out, lambda: False, removed=True)
    return out.getvalue()


def _rows(file: Path, keys: Keys) -> dict[str, str]:
    """By table, the rows of a database as text."""
    with closing(sqlite.connect(file, keys)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}  # noqa: S608
