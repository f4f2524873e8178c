"""Posts a digest once: claims its period and adds its outbox row in one transaction; also the command /digest."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.core import Core
from bot.errors import UserError
from bot.features.digest.data import DigestData, Window
from bot.features.digest.gather import QUESTIONS, week_until
from bot.features.digest.posting.drafting import MANUAL, Draft, Edition, draft, illustrate, staff_language
from bot.language.text.normalise import question_key
from bot.locales.words import DigestAction
from bot.ports.reply import Reply, say, with_buttons
from bot.settings.community.digests import DigestSettings
from bot.themes.overview import stands
from storage.answers import questions
from storage.engine.loading import one_by_id
from storage.models import Community, Place
from storage.people import communities, members
from storage.reports import digests, reporting
from storage.traffic import outbox


class NoStaffPlace(Exception):
    """There is no place to post a digest to; the message tells the operator which setting to change."""


async def digest(ctx: Context, action: DigestAction = DigestAction.PREVIEW) -> Reply:
    """See the digest as it stands, or post it to the staff now."""
    language = ctx.speech.language if action is DigestAction.PREVIEW else staff_language(ctx.core, ctx.community.key)
    manual = MANUAL.model_copy(update={"language": language})
    edition = Edition(manual, ctx.event, week_until(ctx.now + timedelta(seconds=1), ctx.zone))
    own = await ctx.read(lambda session: one_by_id(session, Community, ctx.community.id))
    drafted = await illustrate(ctx.core, own, edition)
    if action is DigestAction.PREVIEW:
        return replace(drafted.reply, private=True)

    def job(session: Session) -> Reply:
        try:
            _post(session, ctx.core, own, edition, drafted, ctx.now)
        except NoStaffPlace:
            raise UserError(ctx.speech.say("There is no staff place yet to post it to.")) from None
        return say(ctx.speech.say("The digest is on its way to the staff."))

    return await ctx.settle(job)


async def publish(core: Core, community: Community, edition: Edition) -> bool:
    """Post an edition, unless one was posted for its period.

    Returns:
        Whether this call posted it; False when its period was claimed before.

    Raises:
        NoStaffPlace: there is no place to post it to.
    """
    now = core.clock.now()
    drafted = await illustrate(core, community, edition)
    posted = await core.store.write(lambda session: _post(session, core, community, edition, drafted, now))
    core.debts.notify()
    return posted


def destination(session: Session, community: Community, digest: DigestSettings) -> Place:
    """The place to post a digest to: that of its settings, else its community's staff place.

    Raises:
        NoStaffPlace: there is neither, or the place belongs to another community.
    """
    if digest.staff is None:
        place = communities.staff_place(session, community.id)
        if place is None:
            raise NoStaffPlace("set communities.staff to post it")
        return place
    where = (digest.staff.platform, digest.staff.place)
    place = digests.destination(session, community.id, *where, digest.keys)
    if place is None:
        raise NoStaffPlace(f"set digests.staff to a place of {community.key}: this one is another community's")
    return place


def _post(session: Session, core: Core, community: Community, edition: Edition, drafted: Draft, now: datetime) -> bool:
    """Claim the period and add the outbox row, in the present transaction; False when it was claimed before."""
    digests.hold(session, community.id)
    place = destination(session, community, edition.digest)
    name, period = edition.digest.name, edition.period
    if digests.claimed(session, community.id, name, period):
        return False
    while (asked := _verify_draft(session, community, edition, drafted)) is None:
        # A text to quote was changed or erased since it was read: the digest is drafted again without it, but also
        # without themes and picture, as computing them would block the store.
        session.expire_all()
        drafted = draft(session, core, community, edition)
    # In a place of another community, its buttons would act on that community's items.
    reply = drafted.reply if place.community_id == community.id else with_buttons(drafted.reply, lambda _: None)
    payload = core.codec.dump(with_tokens(session, core.store.keys, reply, None, now))
    items, late = {item.id for item in drafted.data.quoted}, edition.due is not None
    owners = drafted.data.named
    if digests.claim(session, community.id, name, period, payload, late, now, items, asked, owners) is None:
        return False
    outbox.owe(session, digests.delivery_key(community.id, name, period), payload, now, place_id=place.id)
    return True


def _verify_draft(session: Session, community: Community, edition: Edition, drafted: Draft) -> set[int] | None:
    """Lock what the draft may quote; return the ids of its questions, or None when anything has changed since."""
    themes = [topic.theme for topic in drafted.data.topics]
    named = drafted.data.named
    if members.names(session, set(named)) != named:
        return None
    if not _items_unchanged(session, drafted.data) or not stands(session, themes):
        return None
    return _verify_questions(session, community.id, edition.window, drafted.data)


def _items_unchanged(session: Session, data: DigestData) -> bool:
    """Whether every item that may be quoted has the text, status, author and publication it had; locks the items.

    On SQLite, which has one writer, no lock is needed.
    """
    quoted = {
        item.id: (item.text, item.status, item.author_id, item.publication, item.quotable) for item in data.quoted
    }
    return reporting.said(session, quoted) == quoted


def _verify_questions(session: Session, community_id: int, window: Window, data: DigestData) -> set[int] | None:
    """Lock the questions that may be quoted and return their ids; None when one has changed since."""
    texts = {one.text for one in data.unanswered[:QUESTIONS]}
    plain = {question_key(text)[: questions.MOST_PLAIN] for text in texts}
    found = reporting.asked(session, community_id, window.since, window.until, plain)
    same = {own for own, text in found.items() if text in texts}
    return same if texts <= set(found.values()) else None
