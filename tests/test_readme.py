"""The README's commands, run as they are written, in a fresh copy of the tree.

`make demo` is run by `make test-browser`, `make test` and the command line by `make endurance`. What is typed at the
command line is also typed in one process by `tests/cli/test_readme.py`.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.transfer.chats.exports import Line, discord

ROOT = Path(__file__).parents[1]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 300
"""The most seconds a command may take on a busy machine; usually it takes a few."""

FAQ = "## When does the shop open?\n## Opening hours?\n\nFrom nine to six, Monday to Saturday.\n"
FEEDBACK = "kind,text,author,at,area,support\nsuggestion,A bench in the shade,Noor,2026-03-03,Quality,3\n"


def shell_lines(page: Path) -> list[str]:
    """The commands in a page's shell blocks, in order, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = (re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


COMMANDS = shell_lines(ROOT / "README.md")
LINES = [line for line in COMMANDS if not line.startswith("make ")]
"""The commands for the command line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A started command with a terminal of its own."""

    process: "subprocess.Popen[bytes]"
    out: Path
    err: Path

    @property
    def said(self) -> str:
        return self.out.read_text() + self.err.read_text()

    def ends_well(self) -> str:
        """Wait for its end, check that it succeeded, and return its standard output."""
        assert self.process.wait(PATIENCE) == 0, self.said[-4000:]
        assert "Traceback" not in self.said, self.said[-4000:]
        return self.out.read_text()

    def address(self) -> str:
        """The URL it prints once its page is served."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if found := ADDRESS.search(self.said):
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"no address was said:\n{self.said}")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh copy of the tree, with this `.venv` marked as complete, so that nothing is installed again."""
    copy = tmp_path_factory.mktemp("readme") / "portevoix"
    # With compiled files, which stay valid and take seconds to compile again.
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()} - {"__pycache__"}
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", *ignored))
    (copy / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != ".ready":
            (copy / ".venv" / part.name).symlink_to(part)
    (copy / ".venv/.ready").touch()
    write_inputs(copy)
    return copy


def write_inputs(folder: Path) -> None:
    """Write the files that the commands read."""
    (folder / "faq.md").write_text(FAQ)
    (folder / "feedback.csv").write_text(FEEDBACK)
    (folder / "chat.json").write_text(discord([Line("Noor", "When does the shop open?"), Line("Alex", "At nine.")]))


def check_line(digest: str, exported: str) -> None:
    """Check what the commands printed last and exported."""
    assert "A bench in the shade" in digest
    items = json.loads(exported)
    assert [(item["number"], item["text"], item["support"]) for item in items] == [(1, "A bench in the shade", 3)]


@contextlib.contextmanager
def running(tree: Path, name: str, script: str) -> Iterator[Run]:
    """Run a script; what still runs at the end of the block is stopped."""
    run = start(tree, name, script)
    try:
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.process.pid, signal.SIGKILL)
        run.process.wait()


@pytest.mark.browser
def test_make_demo_opens_a_page_and_ctrl_c_stops_it(tree: Path) -> None:
    assert "make demo" in COMMANDS
    # Make has to ignore Ctrl-C; otherwise it would end before it can report how the demo ended.
    with running(tree, "demo", "trap '' INT; exec make demo") as demo:
        address = demo.address()
        assert not address.endswith(":8080"), "PORTEVOIX_WEB__PORT was not heeded"
        with urllib.request.urlopen(address, timeout=PATIENCE) as page:  # noqa: S310 - 127.0.0.1
            assert page.status == 200
            assert b"Portevoix" in page.read()
        os.killpg(demo.process.pid, signal.SIGINT)
        demo.ends_well()
    assert (tree / "portevoix-demo").is_dir()


def test_the_french_readme_has_the_same_commands() -> None:
    assert shell_lines(ROOT / "docs/LISEZMOI.md") == COMMANDS


def start(tree: Path, name: str, script: str, **more: str) -> Run:
    """Start a script with its own home folder and key, and any free port."""
    ours = ("PORTEVOIX_", "PYTEST_", "MAKE", "MFLAGS")
    inherited = {variable: value for variable, value in os.environ.items() if not variable.startswith(ours)}
    home = tree.parent
    out, err = home / f"{name}.out", home / f"{name}.err"
    environment = inherited | {
        "HOME": str(home),
        "PATH": f"{tree / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(tree),  # before what is installed, which leads to the tree this was copied from
        "PORTEVOIX_KEY_FILE": str(home / f"{name}.key"),
        "PORTEVOIX_WEB__PORT": "0",
    }
    with out.open("wb") as output, err.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - the README's own commands
            ["sh", "-ec", script],  # noqa: S607
            cwd=tree,
            env=environment | more,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
    return Run(process, out, err)
