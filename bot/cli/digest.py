"""`portevoix digest`: see the digest, or have it posted."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.knowledge import CommunityOption
from bot.cli.opening import choose, note, perform
from bot.context import Core
from bot.errors import OperatorError
from bot.features.digest.gather import gather, week_until
from bot.features.digest.publish import Edition, NoStaffPlace, publish
from bot.features.digest.render import render
from bot.plain import plain
from bot.speech import Languages, Speech
from bot.transfer.words import moment, printable
from storage import communities
from storage.models import Community, Place

MANUAL = "manual"
NO_PLACE = (
    "{key} has no staff place to post to: set communities.staff, or for example "
    'PORTEVOIX_COMMUNITIES=\'[{{"key": "{key}", "name": "{name}", '
    '"staff": {{"platform": "discord", "place": "CHANNEL"}}}}]\'.'
)


def preview(
    ctx: typer.Context,
    community: CommunityOption = None,
    at: Annotated[
        str | None, typer.Option(help="The end of its seven days, such as 2026-03-09 or 2026-03-09T09:00; now if left.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="The digest's language; by default the community's.")] = None,
) -> None:
    """Print the digest of the last seven days.

    Nothing is posted.
    """

    async def job(core: Core) -> str:
        own = await choose(core, community)
        speech = _speech(core.languages, language or own.language)
        window = week_until(_until(core, own, at), ZoneInfo(own.timezone))
        return plain(render(await core.store.read(lambda session: gather(session, own, window)), speech), buttons=False)

    typer.echo(printable(perform(ctx, job)), nl=False)


def post(ctx: typer.Context, community: CommunityOption = None) -> None:
    """Post the digest of the last seven days.

    It goes to the staff place; the running bot delivers it.
    """

    async def job(core: Core) -> tuple[bool, Place | None]:
        own = await choose(core, community)
        now = core.clock.now()
        window = week_until(now + timedelta(seconds=1), ZoneInfo(own.timezone))
        try:
            posted = await publish(core, own, Edition(MANUAL, now.strftime("%Y-%m-%dT%H:%MZ"), window))
        except NoStaffPlace:
            raise OperatorError(NO_PLACE.format(key=own.key, name=own.name)) from None
        return posted, await core.store.read(lambda session: communities.staff_place(session, own.id))

    posted, place = perform(ctx, job)
    if not posted:
        note("A digest was posted within this minute already.")
    elif place:
        note(f"The digest is on its way to {place.external_id} on {place.platform}: the running bot delivers it.")
        note("If none is running, it waits for the next `portevoix run`.")


def _until(core: Core, community: Community, at: str | None) -> datetime:
    """The instant asked for, else a second from now, so that what was filed this instant is in it."""
    if at is None:
        return core.clock.now() + timedelta(seconds=1)
    try:
        return moment(at, ZoneInfo(community.timezone))
    except ValueError as error:
        raise OperatorError(f"--at: {error}.") from None


def _speech(languages: Languages, language: str) -> Speech:
    if language not in languages.codes:
        raise OperatorError(f"--language {language} is not spoken; there is: {', '.join(languages.codes)}.")
    return languages.speech(language)
