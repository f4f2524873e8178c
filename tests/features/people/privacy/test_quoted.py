"""What others are told, shown and sent of a person who was erased."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import Session

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from storage.traffic import deliveries
from tests.features.people.privacy.test_forgetme import WORDS, Dump, forgets
from tests.stage import BareStage, Person


async def test_what_others_are_told_of_a_blanked_item_is_not_empty_quotes(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await camille.says("/support 1")
    await forgets(noor)
    await alex.says("/queue 1 done")
    await stage.deliver()
    camille.never_heard("“”")
    # An answer read before stays for others.
    entry = Entry("frozen", ("Can I give frozen food?",), "Yes, until noon.", "en")
    core = stage.core
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [entry]))
    await noor.says("/ask Can I give frozen food?")
    await forgets(noor)
    await camille.says("/ask Can I give frozen food?")
    camille.hears("Yes, until noon.")


@pytest.mark.parametrize("became", [deliveries.mark_exhausted, deliveries.mark_uncertain])
async def test_a_digest_that_could_still_be_sent_again_is_redacted_too(
    stage: BareStage, noor: Person, alex: Person, dump: Dump, became: Callable[[Session, int, str], None]
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await alex.says("/digest now")
    owed = [row for row in (await dump())["outbox"] if row["place_id"] is not None]
    assert WORDS in str(owed)
    for row in owed:
        await stage.core.store.write(partial(_becomes, became, row["id"]))
    await forgets(noor)
    left = [row for row in (await dump())["outbox"] if row["place_id"] is not None]
    assert len(left) == len(owed)
    assert WORDS not in str(left)


def _becomes(became: Callable[[Session, int, str], None], row_id: int, session: Session) -> None:
    became(session, row_id, "network")
