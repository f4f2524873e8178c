"""Files with feedback: kept by what they are, under plain names, as far as there is room, and gone with the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.core import Core
from bot.feedback.attachments.filetypes import examine, plain_name
from bot.ports.inbound import File
from bot.settings.config import Settings
from storage.items import attachments
from storage.items.attachments import LEAST
from storage.models import Attachment
from tests.pictures import png
from tests.stage import BareStage, Person

PNG = png()
MP4 = b"\0\0\0\x18ftypmp42" + bytes(20)
PDF = b"%PDF-1.7\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00"
REFUSED = "was not kept: only pictures, videos, sound, PDF and plain text are."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"limits": settings.limits.model_copy(update={"megabytes_of_person": 1, "megabytes_of_community": 2})}
    )


async def kept(core: Core) -> list[Attachment]:
    return await core.store.read(lambda session: list(session.exec(select(Attachment))))


NO_PICTURES = (
    File("photo.jpg", "image/jpeg", EXE),
    File("photo.png", "image/png", SVG),
    File("drawing.svg", "image/svg+xml", SVG),
    File("notes.txt", "text/plain", b"\n <html><script>alert(1)</script>"),
    File("notes.txt", "text/plain", b"#!/bin/sh\nrm -rf ~"),
    File("notes.txt", "text/plain", b"\x7fELF\x02\x01\x01" + bytes(80)),
    File("photo.png", "image/png", b"PK\x03\x04" + bytes(40)),
    File("photo.png", "image/png", b"no picture at all"),
    File("page.pdf", "application/pdf", b"<svg/>"),
    File("run.sh", "application/x-sh", b"echo hello"),
)


async def test_what_is_no_picture_is_refused_under_any_name_and_the_words_are_kept(
    stage: BareStage, camille: Person, core: Core
) -> None:
    for number, file in enumerate(NO_PICTURES, 1):
        await stage.do(camille, text=f"/problem Door {number} is stuck", attachments=(file,))
        camille.hears(f"Got it: problem #{number}.", REFUSED)
        assert not await kept(core), file.name


NAMED = (
    (File("../../etc/Vue d'été.exe", "application/octet-stream", PNG), "Vue d_été.png", "image/png"),
    (File("invoice\u202egnp.exe", "image/jpeg", PNG), "invoicegnp.png", "image/png"),
    (File("C:\\x\\film.mp4.scr", "image/png", MP4), "film_mp4.mp4", "video/mp4"),
    (File("note.bat", "text/plain", "Été".encode()), "note.txt", "text/plain"),
    (File("", "text/plain", "<3 you all".encode("utf-16")), "file.txt", "text/plain"),
    (File("a\nb", "text/plain; charset=latin-1", "Été".encode("cp1252")), "ab.txt", "text/plain"),
    (File("scan", "application/pdf", b"%PDF-1.7\n"), "scan.pdf", "application/pdf"),
)


async def test_a_file_is_kept_as_what_it_is_under_a_plain_name(stage: BareStage, camille: Person, core: Core) -> None:
    for number, (file, name, media_type) in enumerate(NAMED, 1):
        await stage.do(camille, text=f"/problem Door {number} is stuck", attachments=(file,))
        camille.hears(f"Got it: problem #{number}.")
        one = (await kept(core))[-1]
        assert (one.name, one.media_type, one.content) == (name, media_type, file.content)
    assert len(await kept(core)) == len(NAMED)


@given(st.text(max_size=90), st.sampled_from(["png", "txt"]))
def test_a_plain_name_has_one_extension_and_no_path(name: str, extension: str) -> None:
    made = plain_name(name, extension)
    assert made.count(".") == 1
    assert made.endswith(f".{extension}")
    assert made.isprintable()
    assert not set(made) & set("/\\:*?\"<>|'")


@given(st.binary(max_size=200))
def test_nothing_but_kinds_that_are_kept_comes_out(content: bytes) -> None:
    found = examine(File("a.png", "image/png", content))
    assert found is None or found.media_type.startswith(("image/", "video/", "audio/", "application/pdf"))


def big(name: str = "big.pdf", size: int = 600_000) -> File:
    return File(name, "application/pdf", PDF + bytes(size))


async def test_one_person_s_files_take_so_much_and_withdrawing_frees_it(
    stage: BareStage, camille: Person, noor: Person, core: Core
) -> None:
    await stage.do(camille, text="/problem The door is stuck", attachments=(big(),))
    camille.hears("Got it: problem #1.")
    await stage.do(camille, text="/problem The window, too", attachments=(big("window.pdf"),))
    camille.hears(
        "Got it: problem #2.",
        "window.pdf was not kept: the files of one person may take 1 MB in all. Withdrawing feedback frees its files.",
    )
    await stage.do(noor, text="/probleme La porte", attachments=(big(),))
    noor.hears("Got it: problem #3.", "With 1 file.")
    assert len(await kept(core)) == 2
    await camille.says("/withdraw 1")
    assert len(await kept(core)) == 1
    await stage.do(camille, text="/edit 2", attachments=(big(),))
    camille.hears("1 file more with #2.")


async def test_files_alone_for_which_there_is_no_room_file_nothing(
    stage: BareStage, camille: Person, core: Core
) -> None:
    await stage.do(camille, text="/problem", attachments=(big("a.pdf", 1_100_000),))
    camille.hears("Nothing was kept:", "a.pdf was not kept: the files of one person may take 1 MB in all.")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")
    # A dot beside a file is no words.
    await stage.do(camille, text="/problem .", attachments=(big("a.pdf", 100),))
    camille.hears("Got it: problem #1.", "With 1 file.")
    await camille.says("/status 1")
    camille.hears("> (see the file)")
    await stage.do(camille, text=".", attachments=(big("b.pdf", 100),))
    camille.hears("To send the team a file, write /suggest or /problem first, or as its caption.")


async def test_a_community_s_files_take_so_much(stage: BareStage, core: Core) -> None:
    for name in ("ada", "ben", "cleo", "dan"):
        await stage.do(Person(stage, name), text="/problem The door", attachments=(big(),))
    Person(stage, "dan").hears("Got it: problem #4.", "big.pdf was not kept: there is no room for files just now.")
    assert len(await kept(core)) == 3


async def test_erasing_somebody_frees_their_files_and_small_ones_count_as_well(
    stage: BareStage, camille: Person, core: Core
) -> None:
    # Small files count as well.
    await stage.do(camille, text="/problem The bell", attachments=(File("a", "text/plain", b"x"),))

    def job(session: Session) -> int:
        return attachments.of_community(session, 1)

    assert await core.store.read(job) == LEAST
    # Erasing somebody frees their files.
    await stage.do(camille, text="/problem The door is stuck", attachments=(big(),))
    assert await core.store.read(attachments.in_all) > 600_000
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert await core.store.read(attachments.in_all) == 0
