"""The files of an item as its card shows them: pictures as pictures, others by name and size."""

from sqlmodel import Session

from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.locales.words import OR
from bot.pictures import is_reencoded
from bot.ports.reply import Button, Image, Line
from bot.recognition.contacts import mask
from storage.items import attachments
from storage.items.attachments import Described
from storage.items.feedback import AnyItem
from storage.values import frozen

MOST_PICTURES = 4
"""The largest number of pictures on a card; further ones are only named."""
LONGEST_NAME = 40
"""The largest number of characters of a file's name on a card."""


@frozen
class Enclosures:
    """What a card shows of an item's files.

    Attributes:
        pictures: the pictures, in the order they came.
        named: the names and sizes of the others, as fields of the card.
        others: the ids of these others.
    """

    pictures: tuple[Image, ...] = ()
    named: tuple[tuple[str, Line], ...] = ()
    others: tuple[int, ...] = ()

    def button(self, speech: Speech, number: int) -> tuple[Button, ...]:
        """The button that sends the other files to the person who presses it; empty when there are none."""
        return (Button(speech.say("Files"), "files", {"number": str(number)}),) if self.others else ()


def enclosures(session: Session, speech: Speech, item: AnyItem, *, whole: bool = False) -> Enclosures:
    """The files of an item as they are shown to everybody who sees its words.

    Args:
        whole: whether contact data in names is shown, as to the author and the team; else it is masked.
    """
    shown, named, others = list[Image](), list[str](), list[int]()
    for file in attachments.described(session, [item.id]):
        name = excerpt(file.name if whole else mask(file.name), LONGEST_NAME)
        picture = _picture(session, file, f"#{item.number}: {name}") if len(shown) < MOST_PICTURES else None
        if picture:
            shown.append(picture)
        else:
            named.append(f"{name} ({size(speech, file.size)})")
            others.append(file.id)
    fields = ((speech.say("Files"), OR.join(named)),) if named else ()
    return Enclosures(tuple(shown), fields, tuple(others))


def size(speech: Speech, taken: int) -> str:
    """A size in bytes as text, in kB or MB."""
    if taken < 1_000_000:
        return speech.say("{n} kB", n=max(round(taken / 1000), 1))
    return speech.say("{n} MB", n=speech.decimal(taken / 1_000_000))


def _picture(session: Session, file: Described, alt: str) -> Image | None:
    """A picture to show; None if the file is none, or a picture that was stored without being re-encoded."""
    if file.media_type not in ("image/png", "image/jpeg"):
        return None
    content = attachments.content(session, file.id)
    if not is_reencoded(content):
        return None
    return Image(content, alt, "image/png" if file.media_type == "image/png" else "image/jpeg")
