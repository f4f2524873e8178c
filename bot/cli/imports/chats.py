"""`portevoix import discord|telegram`: shows an exported chat's weeks, and proposes its answers to the moderators."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.imports.chat_report import Found, samples, summary, weeks
from bot.cli.imports.command import FileArgument, YesOption, at_a_terminal
from bot.cli.imports.progress import progress
from bot.cli.imports.running import run_read_only
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, console, note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources.file import open_binary
from bot.transfer.incoming.reading.source import UTF_8, Source
from bot.transfer.knowledge import write_lines
from storage.models import Community

WORDS = {
    "discord": "Look through a Discord channel: DiscordChatExporter's JSON of ordinary chat.",
    "telegram": "Look through a Telegram group: Telegram Desktop's result.json of ordinary chat.",
}
"""The first line of each command's help."""
HELP = """{words}

    Tells how many messages there were each week, and how many people wrote them. Answers to questions are
    proposed to the moderators, in /unanswered: nobody is given such an answer before one of them keeps it. No name,
    account, mention, address or number of anybody in the chat is stored. Imported again, nothing is added.

    A channel of ideas is read by discord-suggestions or telegram-suggestions.
    """
ReviewOption = Annotated[
    Path | None,
    typer.Option(
        "--review",
        metavar="FILE",
        help="Write the questions and answers to this new file (JSON Lines, for `knowledge add`), and store nothing.",
    ),
]


def command_of(platform: str) -> Callable[..., None]:
    """The command that imports the chats of a platform."""

    def import_chat(
        ctx: typer.Context,
        file: FileArgument,
        community: CommunityOption = None,
        yes: YesOption = None,
        to: ReviewOption = None,
    ) -> None:
        apply = not at_a_terminal() if yes is None else yes
        with open_binary(file) as raw:
            source = Source(raw, str(file), UTF_8)
            if to is not None:
                _write(ctx, source, platform, community, to)
            elif apply:
                _import(ctx, source, platform, community)
            else:
                _preview(ctx, source, platform, community)

    import_chat.__doc__ = HELP.format(words=WORDS[platform])
    return import_chat


def _preview(ctx: typer.Context, source: Source, platform: str, community: str | None) -> None:
    async def job(core: Core) -> list[str]:
        found = await _find(core, await choose(core, community), source, platform)
        return [*weeks(found), *summary(found), *samples(found)]

    for line in run_read_only(ctx, job):
        emit(line)
    note("Nothing was imported yet: with --yes it is.")


def _import(ctx: typer.Context, source: Source, platform: str, community: str | None) -> None:
    async def job(core: Core) -> tuple[Found, int]:
        from bot.transfer.chats import review  # noqa: PLC0415 - for who imports a chat

        own = await choose(core, community)
        found = await _find(core, own, source, platform)
        return found, await review.propose(core, own, found.new)

    found, added = perform(ctx, job)
    for line in weeks(found):
        emit(line)
    for line in found.remarks:
        note(line)
    note(f"imported {added}, already there {len(found.gathered.candidates) - added}")
    if added:
        note("/unanswered shows them to the moderators.")


def _write(ctx: typer.Context, source: Source, platform: str, community: str | None, to: Path) -> None:
    async def job(core: Core) -> Found:
        return await _find(core, await choose(core, community), source, platform)

    from bot.transfer.chats import review  # noqa: PLC0415 - for who imports a chat

    if to.exists():
        # Checked before a long file is read.
        raise OperatorError(f"{to} is there already: name a new file.")
    found = run_read_only(ctx, job)
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise OperatorError(f"{to} cannot be written ({error.strerror}).") from error
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        write_lines(review.entries(found.new), out)
    for line in (*weeks(found), *(f"  {remark}" for remark in found.remarks)):
        emit(line)
    note(f"wrote {len(found.new)} to {to}: read them, then portevoix knowledge add {to}")


async def _find(core: Core, own: Community, source: Source, platform: str) -> Found:
    from bot.transfer.chats import review  # noqa: PLC0415 - for who imports a chat
    from bot.transfer.chats.gathering import Gathering  # noqa: PLC0415 - as above
    from bot.transfer.chats.reading import Chat  # noqa: PLC0415 - as above

    zone = ZoneInfo(own.timezone)
    chat = Chat(source, platform, zone)
    with progress(console(), source, "messages") as advance:
        gathered = Gathering(zone).gather(chat.messages(), advance)
    new = await review.unknown(core, own, gathered.candidates, Path(source.name).name)
    return Found(source.name, gathered, new, list(chat.remarks.lines()))
