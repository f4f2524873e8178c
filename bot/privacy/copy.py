"""Makes a person's copy of what is stored about them: a readable JSON file, and archives with their files."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.locales.speech import Speech
from bot.locales.words import mark
from bot.ports.codec import ReplyCodec
from bot.ports.plain import plain
from storage.privacy.belongings import Record, StoredFile, Withheld
from storage.values import frozen

VOLUME = 10_000_000
"""Bytes of files in one archive, so that any platform takes it; a larger file has an archive of its own."""
SPARE = 100_000
"""Bytes an archive may be larger than the files in it."""
SECTIONS: Mapping[str, str] = {
    "member": "person",
    "identity": "accounts",
    "membership": "communities",
    "support": "supported",
    "follow": "followed",
    "attachment": "files",
    "detail": "answers_to_the_team",
    "question": "questions",
    "phrasing": "questions_that_find_an_answer",
    "proposal": "proposed_answers",
    "outbox": "messages_to_you",
    "prompt": "forms_and_drafts",
    "private_chat": "private_chats",
    "button": "buttons",
    "screen": "messages_that_show_your_feedback",
    "sealed_address": "sealed_addresses",
    "block": "blocks",
    "owned": "taken_care_of",
    "digest_owner": "named_in_digests",
}
"""Names of tables in a copy, where they are not the table's own."""
FIELDS: Mapping[str, str] = {
    "external_id": "account_number",
    "payload": "text",
    "args": "given",
    "base_support": "support_before_import",
}
"""Names of columns in a copy, where they are not the column's own."""
REASONS: Mapping[Withheld, str] = {
    Withheld.MARK: mark(
        "Codes without a name are left out: without the key they lead to nobody; with it, to words without a name."
    ),
    Withheld.SEALED: mark("Sealed addresses are left out: each holds only the account above, for an answer."),
    Withheld.INTERNAL: mark("Numbers that only tie rows of the database together are left out."),
    Withheld.FILE: mark("Files come beside this text; pictures without the place and time a camera adds."),
    Withheld.COPY: mark("Quotes of these words in the team's digests are left out: they repeat what stands here."),
}
"""By reason, what a copy says of what it leaves out."""
NOTES = mark("What the team noted for itself beside your feedback is left out: it is in the copy of who noted it.")
ELSEWHERE = mark(
    "Words of yours in somebody else's draft, or on their way to somebody else, are left out: they go with these."
)
OWNERLESS = mark("Words of an imported chat are left out: nothing tells whose they are.")


@frozen
class Volumes:
    """The files of a person, in the archives they come in.

    Attributes:
        parts: the files of each archive; at least one, which may have none.
        too_large: files that the platform does not take.
    """

    parts: tuple[tuple[StoredFile, ...], ...]
    too_large: tuple[StoredFile, ...]


def divide(files: Iterable[StoredFile], first: int, most: int) -> Volumes:
    """Divide files into archives in their order.

    Args:
        first: the bytes that the text takes in the first archive.
        most: the largest file the platform takes, in bytes.
    """
    parts: list[list[StoredFile]] = [[]]
    too_large, room = list[StoredFile](), VOLUME - first
    for file in files:
        if file.size + SPARE > most:
            too_large.append(file)
            continue
        if file.size > room and (parts[-1] or first):
            parts.append([])
            room = VOLUME
        parts[-1].append(file)
        room -= file.size
    return Volumes(tuple(map(tuple, parts)), tuple(too_large))


def text(
    found: Mapping[str, Sequence[Record]], files: Sequence[StoredFile], speech: Speech, codec: ReplyCodec, now: datetime
) -> bytes:
    """The JSON of a copy; field names are English, sentences are in the person's language."""
    about = speech.say("Everything this bot keeps about one person, made at their request. Times are in UTC.")
    sections = {SECTIONS.get(name, name): [_record(one, codec) for one in rows] for name, rows in found.items()}
    if files:
        sections["files"] = [_file(one) for one in files]
    left_out = [speech.say(why) for why in (*REASONS.values(), NOTES, ELSEWHERE, OWNERLESS)]
    whole = {"about": about, "made_at": now.isoformat(), "left_out": left_out, **sections}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_value).encode()


def archive(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of files by path."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, content in contents:
            folder.writestr(path, content)
    return made.getvalue()


def path_of(file: StoredFile) -> str:
    """The path of a file in an archive, unique, and safe to unpack."""
    return f"files/{safe_name(file.community)} {file.number}/{file.id} {safe_name(file.name)}"


def safe_name(name: str) -> str:
    """A name without what could lead out of a folder, or that a file system refuses."""
    kept = "".join(letter if letter.isalnum() or letter in " ._-()" else "_" for letter in name)
    return kept.strip(" .")[-100:] or "_"


def _file(file: StoredFile) -> Record:
    return {
        "community": file.community,
        "number": file.number,
        "name": file.name,
        "media_type": file.media_type,
        "bytes": file.size,
        "path": path_of(file),
    }


def _record(row: Record, codec: ReplyCodec) -> Record:
    shown = {FIELDS.get(name, name): value for name, value in row.items()}
    if row.get("payload"):
        shown["text"] = plain(codec.load(row["payload"])).strip()
    return shown


def _value(value: Any) -> Any:
    """A value JSON has no type for: times and days as in ISO 8601.

    Raises:
        TypeError: there is no readable form of it.
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no readable form of {type(value).__name__}")
