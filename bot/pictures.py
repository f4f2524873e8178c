"""Encodes pictures anew without metadata, such as the place, the time and the device that a camera adds."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIDES = (2048, 1536, 1024, 640)
"""Pixels of the longer side, the largest first; a smaller one is taken when the picture needs too many bytes."""
MOST_BYTES = 1_000_000
"""The most bytes of an encoded picture."""
MOST_PIXELS, MOST_OF_PHOTO = 24_000_000, 50_000_000
"""The most pixels of a picture as it was sent, since decoding takes memory. JPEGs are decoded at a reduced size."""
QUALITY = 85
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO")
"""The formats that are decoded; none of them runs code, as EPS does."""
PHOTOS = ("JPEG", "MPO")
_COARSE = ("1", "P", "PA")
"""Colour modes in which a picture cannot be scaled well."""
_HARMLESS = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density"})
"""The metadata that the encoder itself writes."""


def reencode(content: bytes) -> bytes | None:
    """A picture as a PNG or JPEG without metadata; None when it cannot be decoded or has too many pixels.

    Of an animation only the first frame is left.
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


def is_reencoded(content: bytes) -> bool:
    """Whether a picture has no metadata, as those encoded here. Earlier versions kept pictures as sent."""
    from PIL import Image  # noqa: PLC0415 - as above

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            return _HARMLESS.issuperset(picture.info) and len(content) <= MOST_BYTES
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def blank() -> bytes:
    """A grey PNG, shown in place of a picture that may not be shown any more."""
    from PIL import Image  # noqa: PLC0415 - as above

    made = io.BytesIO()
    Image.new("L", (320, 40), 235).save(made, "PNG")
    return made.getvalue()


def _plain(picture: "Image") -> "Image":
    """The picture as RGB or RGBA, without metadata."""
    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    plain.info.clear()
    return plain


def _encode(picture: "Image", *, photo: bool) -> bytes | None:
    """Encode a photo as JPEG, another picture as PNG, else JPEG, at the first of `SIDES` within `MOST_BYTES`."""
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
