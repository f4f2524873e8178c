"""`knowledge list` and `export`: tags outlast the way through a file, and choose."""

import json
from pathlib import Path

from tests.cli.conftest import Shell

LINES = (
    '{"id": "pool", "phrasings": ["When does the pool open?"], "answer": "At nine.", "tags": ["Été", "water"]}\n'
    '{"id": "park", "phrasings": ["Where can I park?"], "answer": "Behind the hall."}\n'
)


def test_tags_choose_and_are_exported(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.jsonl"
    file.write_text(LINES, "utf-8")
    shell.types("knowledge", "add", file).done()
    assert shell.types("knowledge", "list", "--tag", "ete").done().out == "pool\ten\tWhen does the pool open?\n"
    out = shell.types("knowledge", "export").done().out
    assert [json.loads(line).get("tags") for line in out.splitlines()] == [["Été", "water"], None]
    file.write_text(out, "utf-8")
    assert "added 0, changed 0, already there 2" in shell.types("knowledge", "add", file).done().err
    assert shell.types("knowledge", "export").done().out == out


def test_a_tag_that_is_changed_is_a_change_and_can_be_undone(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "faq.jsonl"
    file.write_text(LINES, "utf-8")
    shell.types("knowledge", "sync", file).done()
    file.write_text(LINES.replace("water", "sport"), "utf-8")
    assert "changed 1" in shell.types("knowledge", "sync", file).done().err
    shell.types("knowledge", "undo").done()
    assert shell.types("knowledge", "list", "--tag", "water").done().out
