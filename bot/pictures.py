"""Makes pictures anew from what they show alone: without the place, the time and the device a camera adds."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIDES = (2048, 1536, 1024, 640)
"""Pixels of the longer side, from what is kept at most down to what is taken when it needs too many bytes."""
MOST_BYTES = 1_000_000
"""Bytes of a picture."""
MOST_PIXELS, MOST_OF_PHOTO = 24_000_000, 50_000_000
"""Pixels of a picture as it was sent; more take too much memory to read. A JPEG is read no larger than it is needed."""
QUALITY = 85
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO")
"""What is read: no format that runs something, as EPS does."""
PHOTOS = ("JPEG", "MPO")
_COARSE = ("1", "P", "PA")
"""Modes with too few colours to be made smaller in."""
_HARMLESS = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density"})
"""What a picture made here says beside what it shows."""


def remake(content: bytes) -> bytes | None:
    """A picture as a PNG or JPEG that says nothing beside what it shows; None when it cannot be read.

    Of one that moves only the first picture is left.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - 5 MiB, for who has pictures

    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            photo = picture.format in PHOTOS
            if picture.width * picture.height > (MOST_OF_PHOTO if photo else MOST_PIXELS):
                return None
            picture.draft("RGB", (SIDES[0], SIDES[0]))
            if picture.mode not in _COARSE:
                # First, so that the copies below are small.
                picture.thumbnail((SIDES[0], SIDES[0]))
            return _encode(_plain(ImageOps.exif_transpose(picture)), photo=photo)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        # The library names no closed set of errors for broken files; these are those it raises.
        return None


def is_remade(content: bytes) -> bool:
    """Whether a picture says nothing beside what it shows, as those made here; earlier ones were kept as sent."""
    from PIL import Image  # noqa: PLC0415 - as above

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            return _HARMLESS.issuperset(picture.info) and len(content) <= MOST_BYTES
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def blank() -> bytes:
    """A picture that shows nothing, to stand where another may not be shown any more."""
    from PIL import Image  # noqa: PLC0415 - as above

    made = io.BytesIO()
    Image.new("L", (320, 40), 235).save(made, "PNG")
    return made.getvalue()


def _plain(picture: "Image") -> "Image":
    """The picture in plain colours, without all that it says beside what it shows."""
    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    plain.info.clear()
    return plain


def _encode(picture: "Image", *, photo: bool) -> bytes | None:
    """A photo as a JPEG, another picture as a PNG if the bytes allow; as large as they do."""
    for side in SIDES:
        picture.thumbnail((side, side))
        for format_ in ("JPEG",) if photo else ("PNG", "JPEG"):
            made = _save(picture, format_)
            if len(made) <= MOST_BYTES:
                return made
    return None


def _save(picture: "Image", format_: str) -> bytes:
    made = io.BytesIO()
    if format_ == "JPEG" and picture.mode == "RGBA":
        picture = _on_white(picture)
    picture.save(made, format_, quality=QUALITY)
    return made.getvalue()


def _on_white(picture: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415 - as above

    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    return ground.convert("RGB")
