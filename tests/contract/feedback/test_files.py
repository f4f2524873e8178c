"""The files of an item on every platform: pictures as pictures, others by name and size, to who may see its words."""

import pytest
from sqlmodel import Session

from storage.items import attachments
from tests.pictures import photo, png
from tests.stage import Person

pytestmark = [pytest.mark.everywhere, pytest.mark.unseen]

PLAN = b"%PDF-1.7\n" + bytes(11_991)
SENT = (("ramp.png", "image/png", png()), ("plan.pdf", "application/pdf", PLAN))


async def attach(person: Person, *files: tuple[str, str, bytes]) -> None:
    """Store files with the first item, as they are when they came with it."""

    def job(session: Session) -> None:
        for file in files:
            attachments.add(session, 1, *file)

    await person.stage.core.store.write(job)


async def test_who_decides_sees_the_files(camille: Person, alex: Person) -> None:
    await camille.says("/problem The ramp is broken")
    await attach(camille, *SENT)
    await alex.says("/queue")
    alex.hears("> The ramp is broken #1", "#1: ramp.png", "Files: plan.pdf (12 kB)")


async def test_everyone_sees_the_files_of_what_is_for_everyone(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, *SENT)
    await noor.says("/status 1")
    noor.hears("> A ramp #1", "#1: ramp.png", "Files: plan.pdf (12 kB)")


async def test_nobody_else_sees_the_files_of_what_is_for_the_team(camille: Person, noor: Person) -> None:
    await camille.says("/problem The ramp is broken")
    await attach(camille, *SENT)
    await camille.says("/status 1")
    camille.hears("#1: ramp.png", "plan.pdf")
    await noor.says("/status 1")
    noor.never_heard("ramp.png", "plan.pdf")


async def test_files_are_gone_with_the_words(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, *SENT)
    await camille.says("/withdraw 1")
    await alex.says("/queue 1")
    alex.never_heard("ramp.png", "plan.pdf")


async def test_a_picture_that_was_kept_as_it_was_sent_is_only_named(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, ("ramp.jpg", "image/jpeg", photo()))
    await alex.says("/queue")
    assert "#1: ramp.jpg" not in alex.hears("Files: ramp.jpg (1 kB)")


async def test_a_card_shows_four_pictures_and_names_the_others(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, *((f"{number}.png", "image/png", png()) for number in range(1, 7)))
    await alex.says("/queue")
    assert "#1: 5.png" not in alex.hears("#1: 1.png", "#1: 4.png", "Files: 5.png (1 kB) · 6.png (1 kB)")


async def test_contact_data_in_a_name_is_masked_for_members(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, ("call 06 12 34 56 78.pdf", "application/pdf", PLAN))
    await noor.says("/status 1")
    assert "06 12 34 56 78" not in noor.hears("12 kB")
    await alex.says("/queue")
    alex.hears("06 12 34 56 78.pdf")


async def test_who_decides_is_handed_the_files_that_are_no_pictures(camille: Person, alex: Person) -> None:
    await camille.says("/problem The ramp is broken")
    await attach(camille, *SENT)
    await alex.says("/queue")
    await alex.presses("Files")
    assert "ramp.png" not in alex.hears("#1 plan.pdf (12 kB)", "Sent by a member: open them with care.")


async def test_there_is_no_button_where_all_files_are_seen(camille: Person, alex: Person) -> None:
    await camille.says("/problem The ramp is broken")
    await attach(camille, SENT[0])
    await alex.says("/queue")
    alex.sees_no("[Files]")
