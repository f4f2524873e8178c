"""A posted digest names who takes care of something: an erased moderator's name leaves the archive."""

from bot.ports.inbound import Role
from bot.ports.reply import Paragraph, Quote, Reply
from bot.privacy.redaction import unname
from bot.privacy.retention import Sweep
from storage.reports import digests
from tests.clock import StillClock
from tests.features.people.privacy.test_forgetme import forgets
from tests.stage import BareStage, Person


async def archived(stage: BareStage) -> str:
    """The text of the archive."""
    return str([row.payload for row in await stage.core.store.read(lambda session: digests.archive(session, 1))])


async def test_an_erased_moderator_is_not_named_in_archived_digests_and_names_expire_with_the_quotes(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    sam = Person(stage, "sam", Role.MODERATOR)
    for number, (moderator, words) in enumerate(((alex, "A bench by the stop"), (sam, "Music on Sundays")), 1):
        await noor.says(f"/suggest {words}")
        await moderator.says(f"/queue {number}")
        await moderator.presses("I take it")
    await alex.says("/digest now")
    assert "since today, alex" in await archived(stage)
    await forgets(alex)
    left = await archived(stage)
    assert "alex" not in left
    assert "A bench by the stop" in left
    assert "since today, sam" in left
    clock.forward(days=stage.core.settings.retention.digests + 1)
    assert (await Sweep(stage.core).clear())["owners"] == 1


def test_what_others_wrote_stays_as_they_wrote_it() -> None:
    reply = Reply((Paragraph("alex is on it, alexandra is not."), Quote("alex was kind")))
    assert unname(reply, "alex") == Reply((Paragraph("… is on it, alexandra is not."), Quote("alex was kind")))
