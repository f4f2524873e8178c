"""The files of feedback in an export: named with their sizes, and written to a folder without a photo's place."""

import csv
import io
import json
from functools import partial
from pathlib import Path

from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import File, Role
from bot.transfer.outgoing.enclosed import Folder
from bot.transfer.outgoing.export import write_csv, write_json
from storage.items import attachments
from storage.models import Community
from tests.pictures import PLACE, photo
from tests.stage import BareStage, Person
from tests.transfer.exporting import Export, written


async def test_files_are_named_with_their_sizes_and_not_for_what_is_not_to_be_seen(
    core: Core, plaza: Community, exported: Export, camille: Person, stage: BareStage
) -> None:
    plan = File("=plan.pdf", "application/pdf", b"%PDF-1.7\n")
    for number in (1, 2, 3):
        await stage.do(camille, text=f"/suggest A ramp {number}", attachments=(plan,))
    await camille.says("/withdraw 2")
    await Person(stage, "Mo", Role.MODERATOR).says("/remove 3 It names a person.")
    named = {"name": "plan.pdf", "media_type": "application/pdf", "bytes": 9}
    assert [item["files"] for item in await exported()] == [[named], [], []]
    table = list(csv.DictReader(io.StringIO(await written(core, plaza, write_csv))))
    assert [row["files"] for row in table] == ["plan.pdf (application/pdf, 9 bytes)", "", ""]


async def test_files_are_written_to_a_folder_without_the_place_of_a_photo(
    core: Core, plaza: Community, camille: Person, stage: BareStage, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    sent = (File("ramp.jpg", "image/jpeg", photo()), File("plan.pdf", "application/pdf", b"%PDF-1.7\n"))
    await stage.do(camille, text="/suggest A ramp", attachments=sent)
    await camille.says("/suggest A lift")

    def keep_as_sent(session: Session) -> None:
        attachments.add(session, 2, "../old.jpg", "image/jpeg", photo())
        attachments.add(session, 2, "broken.jpg", "image/jpeg", b"\xff\xd8\xff")

    await core.store.write(keep_as_sent)
    found = json.loads(await written(core, plaza, partial(write_json, box=Folder(folder))))
    assert [file["path"] for item in found for file in item["files"]] == [
        "1/1 ramp.jpg",
        "1/2 plan.pdf",
        "2/1 _old.jpg",
        None,
    ]
    made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    assert made.keys() == {"1/1 ramp.jpg", "1/2 plan.pdf", "2/1 _old.jpg"}
    assert made["1/2 plan.pdf"] == b"%PDF-1.7\n"
    assert not [path for path, content in made.items() if PLACE.encode() in content]
