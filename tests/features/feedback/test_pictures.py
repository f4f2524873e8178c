"""Pictures are kept as what they show alone, fetched once they are to be kept, and refused when they cannot be read."""

import io
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlmodel import select

from bot import pictures
from bot.core import Core
from bot.pictures import MOST_BYTES, SIDES, is_reencoded, reencode
from bot.ports.inbound import File
from storage.models import Attachment
from tests.pictures import DESCRIPTION, GPS, PLACE, photo, png
from tests.stage import BareStage, Person


@dataclass
class Remote:
    """A file that is still at the platform."""

    content: bytes
    fetched: int = 0

    @property
    def file(self) -> File:
        return File("photo.jpg", "image/jpeg", source=self.fetch)

    async def fetch(self) -> File:
        self.fetched += 1
        return File("photo.jpg", "image/jpeg", self.content)


async def kept(core: Core) -> list[Attachment]:
    return await core.store.read(lambda session: list(session.exec(select(Attachment))))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def made_of(content: bytes) -> bytes:
    made = reencode(content)
    assert made
    return made


def saved(picture: Image.Image, format_: str, **how: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, format_, **how)
    return made.getvalue()


async def test_a_photo_is_kept_without_the_place_it_was_taken_at(stage: BareStage, camille: Person, core: Core) -> None:
    sent = photo()
    assert opened(sent).getexif().get_ifd(GPS)
    assert PLACE.encode() in sent
    await stage.do(camille, text="/problem The ramp is broken", attachments=(File("ramp.jpg", "image/jpeg", sent),))
    camille.hears("Got it: problem #1.", "With 1 file.")
    (one,) = await kept(core)
    assert (one.name, one.media_type, opened(one.content).size) == ("ramp.jpg", "image/jpeg", (64, 48))
    assert not opened(one.content).getexif()
    assert PLACE.encode() not in one.content


async def test_what_is_filed_is_fetched_once(stage: BareStage, camille: Person, core: Core) -> None:
    sent = Remote(photo())
    await stage.do(camille, text="/problem The ramp is broken", attachments=(sent.file,))
    camille.hears("Got it: problem #1.", "With 1 file.")
    assert (sent.fetched, len(await kept(core))) == (1, 1)
    await stage.do(camille, text="/edit 1", attachments=(sent.file,))
    camille.hears("1 file more with #1.")
    assert (sent.fetched, len(await kept(core))) == (2, 2)


NOT_FILED = {
    "Where is the ramp?": "",
    "/help": "/suggest",
    "/status 12": "There is no #12",
    "/edit 12": "There is no #12",
    "/suggest Without my name: a ramp": "A file can give its author away",
}


async def test_what_is_not_filed_is_not_fetched(stage: BareStage, camille: Person) -> None:
    for said, heard in NOT_FILED.items():
        sent = Remote(photo())
        await stage.do(camille, text=said, attachments=(sent.file,))
        camille.hears(heard)
        assert not sent.fetched, said


async def test_a_picture_that_cannot_be_read_is_not_kept(stage: BareStage, camille: Person, core: Core) -> None:
    broken = (photo()[:200], b"\xff\xd8\xff\xe0" + bytes(20), png()[:50], photo()[:-40])
    for number, content in enumerate(broken, 1):
        file = File("ramp.jpg", "image/jpeg", content)
        await stage.do(camille, text=f"/problem Ramp {number} is broken", attachments=(file,))
        camille.hears(
            f"Got it: problem #{number}.", "was not kept: it could not be read as a picture. JPEG and PNG can."
        )
    assert not await kept(core)


def test_every_kind_of_picture_is_made_one_that_all_can_see() -> None:
    told = Image.Exif()
    told[DESCRIPTION] = PLACE
    for format_ in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF"):
        more = {} if format_ in ("GIF", "BMP") else {"exif": told.tobytes()}
        made = made_of(saved(Image.new("RGB", (40, 30), "teal"), format_, **more))
        assert opened(made).format == ("JPEG" if format_ == "JPEG" else "PNG"), format_
        assert PLACE.encode() not in made, format_
        assert is_reencoded(made), format_


def test_a_photo_stands_upright_and_is_no_larger_than_a_screen() -> None:
    told = Image.Exif()
    told[0x0112] = 6  # turned by a quarter
    sent = saved(Image.new("RGB", (2800, 2100), "teal"), "JPEG", exif=told)
    assert opened(made_of(sent)).size == (SIDES[0] * 3 // 4, SIDES[0])


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_a_picture_takes_so_many_bytes_at_most(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES == 1_000_000
    monkeypatch.setattr(pictures, "MOST_BYTES", 40_000)
    monkeypatch.setattr(pictures, "SIDES", tuple(side // 5 for side in SIDES))
    noise = Image.effect_noise((300, 220), 90).convert("RGB")
    made = made_of(saved(noise, format_, compress_level=1))
    assert 0 < len(made) <= 40_000
    assert max(opened(made).size) < 300


def test_a_transparent_picture_stays_so_or_stands_on_white(monkeypatch: pytest.MonkeyPatch) -> None:
    clear = saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG")
    assert opened(made_of(clear)).mode == "RGBA"
    monkeypatch.setattr(pictures, "_save", lambda picture, format_: pictures._on_white(picture).tobytes())
    assert set(made_of(clear)) == {255}


def test_a_picture_of_too_many_pixels_is_not_read() -> None:
    vast = saved(Image.new("1", (6000, 6000)), "PNG")
    assert len(vast) < 100_000
    assert reencode(vast) is None


def test_what_was_not_made_here_is_told_apart() -> None:
    sent = (photo(), saved(Image.new("RGB", (3, 3)), "GIF"), b"", photo()[:20])
    assert [is_reencoded(one) for one in sent] == [False] * 4


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"]))
def test_no_content_breaks_it(content: bytes, start: bytes) -> None:
    made = reencode(start + content)
    assert made is None or is_reencoded(made)
