"""`portevoix digest`: previews and posts digests, and prints those of the archive."""

import json
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cells import printable
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from bot.features.digest.figures import figures
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.drafting import Edition, prepare
from bot.features.digest.posting.publish import NoStaffPlace, destination, publish
from bot.ports.markdown import markdown
from bot.ports.plain import plain
from bot.settings.community.digests import DigestSettings
from bot.transfer.words import read_moment
from storage.models import Community, Digest, Place
from storage.reports import digests

NO_PLACE = (
    "{key} has no staff place to post to: set communities.staff, or for example "
    'PORTEVOIX_COMMUNITIES=\'[{{"key": "{key}", "name": "{name}", '
    '"staff": {{"platform": "discord", "place": "CHANNEL"}}}}]\'.'
)
NameOption = Annotated[str | None, typer.Option(help="The digest's name, when there are several.")]


def preview(
    ctx: typer.Context,
    community: CommunityOption = None,
    name: NameOption = None,
    at: Annotated[
        str | None, typer.Option(help="The end of its days, such as 2026-03-09 or 2026-03-09T09:00; now if left.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language to read it in; by default the digest's.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print its figures as JSON, the same in every language.")
    ] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print it as Markdown, to forward or keep.")] = False,
) -> None:
    """Print a digest as it stands.

    It covers as many days as the next one posted will: with none configured, the last seven. Nothing is posted.
    """
    if as_json and as_markdown:
        raise OperatorError("--json or --markdown, not both.")

    async def job(core: Core) -> str:
        own = await choose(core, community)
        digest = _in_language(core, _named(core, own, name), language)
        until = _until(core, own, digest, at)
        window = calendar(digest, own).window_until(until)
        edition = Edition(digest, "", window, rebuilt=until < core.clock.now())
        drafted = await prepare(core, own, edition)
        if as_json:
            found = figures(own.key, digest, edition.window, drafted.data)
            return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        return printable(markdown(drafted.reply) if as_markdown else plain(drafted.reply, buttons=False))

    emit(perform(ctx, job, reads=True), end="")


def post(ctx: typer.Context, community: CommunityOption = None, name: NameOption = None) -> None:
    """Post a digest as it stands.

    It goes to its staff place; the running bot delivers it. The next one is posted when it is due all the same.
    """

    async def job(core: Core) -> tuple[bool, Place]:
        own = await choose(core, community)
        digest, now = _named(core, own, name), core.clock.now()
        window = calendar(digest, own).window_until(now + timedelta(seconds=1))
        try:
            posted = await publish(core, own, Edition(digest, now.strftime("%Y-%m-%dT%H:%MZ"), window))
            return posted, await core.store.write(lambda session: destination(session, own, digest))
        except NoStaffPlace as error:
            mend = f"{error}." if digest.staff else NO_PLACE.format(key=own.key, name=own.name)
            raise OperatorError(mend) from None

    posted, place = perform(ctx, job, reads=True)
    if not posted:
        note("A digest was posted within this minute already.")
    else:
        note(f"The digest is on its way to {place.external_id} on {place.platform}: the running bot delivers it.")
        note("If none is running, it waits for the next `portevoix run`.")


def list_(ctx: typer.Context, community: CommunityOption = None) -> None:
    """Print what was posted, the newest last.

    One line each, with tabs between: when it was posted, its name, its period, and `late` if it came late.
    """

    async def job(core: Core) -> list[str]:
        own = await choose(core, community)
        rows = await core.store.read(lambda session: digests.archive(session, own.id, most=None))
        return [_line(row, ZoneInfo(own.timezone)) for row in rows]

    for line in perform(ctx, job, reads=True):
        emit(line)


def show(
    ctx: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="As `digest list` prints it, such as 2026-03-09.")],
    community: CommunityOption = None,
    name: NameOption = None,
) -> None:
    """Print a digest as it was posted.

    What was erased or withdrawn since is left out.
    """

    async def job(core: Core) -> str:
        own = await choose(core, community)
        rows = await core.store.read(lambda session: digests.of_period(session, own.id, period))
        found = [row for row in rows if name in {None, row.name}]
        if len(found) == 1:
            return plain(core.codec.load(found[0].payload), buttons=False)
        if found:
            names = ", ".join(row.name for row in found)
            raise OperatorError(f"Several digests were posted for {printable(period)}: choose with --name: {names}.")
        raise OperatorError(f"No such digest was posted for {printable(period)}: `portevoix digest list` shows which.")

    words = printable(perform(ctx, job, reads=True))
    if not words.strip():
        note("Its words are no longer kept.")
    emit(words, end="")


def _named(core: Core, community: Community, name: str | None) -> DigestSettings:
    """The community's digest of that name, or its only one.

    Raises:
        OperatorError: it has no such digest, or several and no name is given.
    """
    own = core.settings.digests_of(community.key)
    found = [digest for digest in own if name in {None, digest.name}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(digest.name for digest in own) or "none"
    if found:
        raise OperatorError(f"There are several digests: choose one with --name: {names}.")
    raise OperatorError(f"{community.key} has no digest{f' {name}' if name else ''}; there is: {names}.")


def _until(core: Core, community: Community, digest: DigestSettings, at: str | None) -> datetime:
    """The instant given with --at, else a second from now, so that what was filed just now is included."""
    if at is None:
        return core.clock.now() + timedelta(seconds=1)
    try:
        return read_moment(at, calendar(digest, community).zone)
    except ValueError as error:
        raise OperatorError(f"--at: {error}.") from None


def _in_language(core: Core, digest: DigestSettings, language: str | None) -> DigestSettings:
    codes = core.languages.codes
    if language is None:
        return digest
    if language not in codes:
        raise OperatorError(f"--language {language} is not spoken; there is: {', '.join(codes)}.")
    return digest.model_copy(update={"language": language})


def _line(row: Digest, zone: ZoneInfo) -> str:
    when = f"{row.posted_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return "\t".join([when, row.name, printable(row.period), *(["late"] if row.late else [])])
