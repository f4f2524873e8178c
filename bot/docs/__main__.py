"""`python -m bot.docs` updates the generated pages; `--check` prints the outdated ones, and exits with 1 if any."""

import argparse
import sys
from pathlib import Path

from bot.docs.pages import pages

ROOT = Path(__file__).parents[2]


def main(root: Path = ROOT, arguments: list[str] | None = None) -> int:
    """Write the pages that differ from the code, or print their names.

    Returns:
        1 if a page is outdated and was only to be checked, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m bot.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    check = parser.parse_args(arguments).check
    stale = {path: text for path, text in pages(root).items() if _read(path) != text}
    for path, text in stale.items():
        sys.stderr.write(f"{path.relative_to(root)} {'is stale: run make docs' if check else 'written'}\n")
        if not check:
            path.write_text(text, encoding="utf-8")
    return int(check and bool(stale))


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
