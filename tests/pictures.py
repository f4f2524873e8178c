"""Pictures as people send them: small ones, and a photo with its location in the metadata."""

import io

from PIL import Image

PLACE = "Home of Camille"
GPS, DESCRIPTION = 0x8825, 0x010E


def png(colour: str = "teal", side: int = 8) -> bytes:
    """A picture that the bot stores unchanged."""
    made = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(made, "PNG")
    return made.getvalue()


def photo(colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo as from a camera, with its location and a comment in the metadata."""
    made, told = io.BytesIO(), Image.Exif()
    told[DESCRIPTION] = PLACE
    told[GPS] = {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    Image.new("RGB", size, colour).save(made, "JPEG", exif=told, comment=PLACE.encode())
    return made.getvalue()
