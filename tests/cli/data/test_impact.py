"""`export --impact`: the rows that the figures of /impact are counted from, as a table without names."""

import csv
import io
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.impact.table import COLUMNS
from tests.cli.conftest import ONE, TWO, Shell
from tests.features.impact import recount

ROWS = """kind;text;author;at;status
suggestion;A bench by the pond;Ada;2026-02-04 09:30;done
problem;The door sticks;Ben;2026-02-05;received
"""


def test_nobody_known_from_an_import_alone_is_heard_and_nothing_of_it_is_timed(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, "utf-8")
    shell.types("import", "csv", file, PORTEVOIX_COMMUNITIES=ONE).done()
    out = shell.types("export", "--impact", "--period", "2026-02", PORTEVOIX_COMMUNITIES=ONE).done().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["kind"], row["status"]) for row in rows if row["record"] == "filed"] in (
        [("suggestion", "done"), ("problem", "received")],
        [("problem", "received"), ("suggestion", "done")],
    )
    assert not [row for row in rows if row["record"] in ("heard", "told", "outcome", "word", "decision")]
    assert "Ada" not in out
    assert "bench" not in out
    assert recount.differing(rows) == {}


def test_a_script_counts_the_figures_again_from_the_file_alone(shell: Shell, tmp_path: Path) -> None:
    year = datetime.now(UTC).year
    out = shell.types("export", "--impact", "--period", str(year), PORTEVOIX_COMMUNITIES=ONE).done().out
    file = tmp_path / "rows.csv"
    file.write_text(out, "utf-8", newline="")
    script = [sys.executable, "-I", recount.__file__, str(file)]
    done = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file.write_text(out.replace("closure rate,,", "closure rate,0.5,"), "utf-8", newline="")
    done = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own
    assert done.returncode == 1
    assert done.stdout.startswith("closure rate: (None, 0, None, None), not (0.5")


def test_what_cannot_be_is_refused(shell: Shell) -> None:
    shell.types("export", "--period", "2026-02", PORTEVOIX_COMMUNITIES=ONE).refused("--period goes with --impact")
    shell.types("export", "--impact", "--period", "soon", PORTEVOIX_COMMUNITIES=ONE).refused("--period", "2026-10")
    shell.types("export", "--impact", "--since", "2026-02-01", PORTEVOIX_COMMUNITIES=ONE).refused("--period alone")
    shell.types("export", "--impact", PORTEVOIX_COMMUNITIES=TWO).refused("--community")
