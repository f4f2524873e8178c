"""Registers all commands under their names."""

import typer

from bot.cli import data, database, digest, doctor, forget, inbox, inviting, outbox, run, setup
from bot.cli.imports import chats
from bot.cli.imports import command as importing
from bot.cli.imports import restoring as reimporting
from bot.cli.language import ask, knowledge, knowledge_sync, similar
from bot.cli.terminal.groups import group
from bot.cli.upkeep import rekeying, restoring, scrubbing
from bot.transfer.incoming.presets import PRESETS


def add(root: typer.Typer) -> None:
    """Add all commands to the command line."""
    root.command("demo")(run.demo)
    root.command("init")(setup.init)
    root.command("run")(run.run)
    root.command("doctor")(doctor.doctor)
    root.command("code")(setup.code)
    root.command("invite")(inviting.invite)
    root.command("ask", context_settings={"ignore_unknown_options": True})(ask.ask)
    root.command("similar")(similar.similar)
    root.command("export")(data.export)
    root.command("forget")(forget.forget)
    imports = group("Bring feedback in from a file.")
    imports.command("csv")(importing.import_csv)
    imports.command("json")(reimporting.import_json)
    for name, preset in PRESETS.items():
        if name != "csv":
            imports.command(name)(importing.command_of(preset))
    for platform in chats.WORDS:
        imports.command(platform)(chats.command_of(platform))
    root.add_typer(imports, name="import")
    root.add_typer(_knowledge(), name="knowledge")
    digests = group("The summary for the team.")
    digests.command("preview")(digest.preview)
    digests.command("post")(digest.post)
    digests.command("list")(digest.list_)
    digests.command("show")(digest.show)
    root.add_typer(digests, name="digest")
    owed = group("What could not be delivered.")
    owed.command("list")(outbox.list_)
    # An id may be negative, which is no option.
    owed.command("retry", context_settings=outbox.NEGATIVE)(outbox.retry)
    owed.command("drop", context_settings=outbox.NEGATIVE)(outbox.drop)
    root.add_typer(owed, name="outbox")
    aside = group("What somebody sent and the bot could not handle.")
    aside.command("list")(inbox.list_)
    aside.command("retry")(inbox.retry)
    aside.command("drop")(inbox.drop)
    root.add_typer(aside, name="inbox")
    store = group("The database.")
    store.command("upgrade")(database.upgrade)
    store.command("check")(database.check)
    store.command("backup")(database.backup)
    store.command("compact")(database.compact)
    store.command("restore")(restoring.restore)
    store.command("rekey")(rekeying.replace_key)
    store.command("scrub")(scrubbing.scrub)
    root.add_typer(store, name="db")


def _knowledge() -> typer.Typer:
    """The group of commands about the knowledge."""
    answers = group("What the bot answers from.")
    answers.command("add")(knowledge.add)
    answers.command("sync")(knowledge_sync.sync)
    answers.command("remove")(knowledge_sync.remove)
    answers.command("undo")(knowledge_sync.undo)
    answers.command("sources")(knowledge_sync.list_sources)
    answers.command("list")(knowledge.list_)
    answers.command("export")(knowledge.export)
    answers.command("check")(knowledge.check)
    return answers
