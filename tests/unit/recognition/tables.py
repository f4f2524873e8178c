"""The labelled sentences beside this file, half of them held out: nothing was tuned on their failures."""

import csv
from pathlib import Path

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    """The rows of a table of labelled sentences: label, language, text, and names where there are any."""
    with (Path(__file__).parent / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
