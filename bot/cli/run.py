"""`portevoix run` and `portevoix demo`: runs the bot, or its demo."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.opening import located, note, opened
from bot.errors import OperatorError
from bot.operations.assembly import find_adapters, serve
from bot.settings.config import Settings, load
from bot.settings.connections import Connection
from storage.schema.opening import hold

HOW_TO_START = """No platform has a token yet, so there is nothing to run.
Telegram: write /newbot to @BotFather, then set telegram.token (PORTEVOIX_TELEGRAM__TOKEN).
Discord: on https://discord.com/developers/applications make a New Application, open Bot, press Reset Token, \
then set discord.token (PORTEVOIX_DISCORD__TOKEN).
`portevoix init` asks for them, and checks them.
To try Portevoix without any token: portevoix demo"""


def run(ctx: typer.Context) -> None:
    """Connect to every platform that has a token.

    It runs until Ctrl-C. One bot runs on one SQLite file.
    """
    settings = load(ctx.obj)
    names = platforms(settings)
    if not names:
        raise OperatorError(HOW_TO_START)
    find_adapters(names)
    asyncio.run(_run(settings, names))


def demo(
    data: Annotated[Path, typer.Option(help="The folder that keeps the demo's data.")] = Path("portevoix-demo"),
    port: Annotated[
        int,
        typer.Option(
            help="The page's port on 127.0.0.1; 0 takes a free one.", envvar="PORTEVOIX_WEB__PORT", min=0, max=65535
        ),
    ] = (8080),
) -> None:
    """Try it in a browser, with no token.

    A page with a sample community, on this machine only, until Ctrl-C.
    """
    from bot.demo import run_demo  # noqa: PLC0415 - no other command needs the sample

    asyncio.run(run_demo(data, port))


def platforms(settings: Settings) -> list[str]:
    """The platforms that have a token."""
    found: dict[str, Connection] = {"telegram": settings.telegram, "discord": settings.discord}
    return [name for name, own in found.items() if own.token and own.token.get_secret_value().strip()]


async def _run(settings: Settings, names: list[str]) -> None:
    held = hold(located(settings))
    try:
        async with opened(settings) as core:
            note(f"Starting on {', '.join(names)}; Ctrl-C stops.")
            await serve(core, names)
    finally:
        if held:
            held.release()
