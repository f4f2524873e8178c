"""The files of an item on every platform: pictures as pictures, others by name and size, to who may see its words."""

import pytest
from sqlmodel import Session

from storage.items import attachments
from tests.pictures import photo, png
from tests.stage import Person

PLAN = b"%PDF-1.7\n" + bytes(11_991)
SENT = (("ramp.png", "image/png", png()), ("plan.pdf", "application/pdf", PLAN))


async def attach(person: Person, *files: tuple[str, str, bytes], to: int = 1) -> None:
    """Store files with an item, as they are when they came with it."""

    def job(session: Session) -> None:
        for file in files:
            attachments.add(session, to, *file)

    await person.stage.core.store.write(job)


@pytest.mark.everywhere
@pytest.mark.unseen
async def test_who_decides_sees_the_files_and_is_handed_those_that_are_no_pictures(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/problem The ramp is broken")
    await attach(camille, *SENT)
    await camille.says("/status 1")
    camille.hears("#1: ramp.png", "plan.pdf")
    # Nobody else sees the files of what is for the team.
    await noor.says("/status 1")
    noor.never_heard("ramp.png", "plan.pdf")
    await alex.says("/queue")
    alex.hears("> The ramp is broken #1", "#1: ramp.png", "Files: plan.pdf (12 kB)")
    await alex.presses("Files")
    assert "ramp.png" not in alex.hears("#1 plan.pdf (12 kB)", "Sent by a member: open them with care.")


async def test_everyone_sees_the_files_of_what_is_for_everyone_four_pictures_made_anew_and_the_others_by_name(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A ramp")
    await attach(camille, SENT[0])
    await alex.says("/queue")
    alex.sees_no("[Files]")
    await attach(camille, *((f"{number}.png", "image/png", png()) for number in range(2, 7)))
    await alex.says("/queue 1")
    assert "#1: 5.png" not in alex.hears("#1: ramp.png", "#1: 4.png", "Files: 5.png (1 kB) · 6.png (1 kB)")
    # A picture that was kept as it was sent is only named, and contact data in a name is masked for members.
    await camille.says("/suggest Longer hours")
    await attach(
        camille, ("hall.jpg", "image/jpeg", photo()), ("call 06 12 34 56 78.pdf", "application/pdf", PLAN), to=2
    )
    await alex.says("/queue 2")
    assert "#2: hall.jpg" not in alex.hears("Files: hall.jpg (1 kB)", "06 12 34 56 78.pdf")
    await noor.says("/status 2")
    assert "06 12 34 56 78" not in noor.hears("12 kB")
    # Until the words are gone.
    await camille.says("/suggest A slide")
    await attach(camille, *SENT, to=3)
    await noor.says("/status 3")
    noor.hears("> A slide #3", "#3: ramp.png", "Files: plan.pdf (12 kB)")
    await camille.says("/withdraw 3")
    await alex.says("/queue 3")
    alex.never_heard("#3: ramp.png", "plan.pdf")
