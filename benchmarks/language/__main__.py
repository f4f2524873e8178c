"""`python -m benchmarks.language [FOLDER [ENCODER...]]`: prints the answers' accuracy, false positives and speed.

The folder has `clinc150_train_val.json`, `banking77_train.csv` and `cnil_faq_squad.json`, and may have
`besoindaide_PIAF_V5.json`; without it only our own pairs of questions are asked, and speed and memory are measured.
Encoders are those of the setting; without any, the bundled one and the search by words are measured.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from benchmarks.language import likeness, speed
from benchmarks.language.accuracy import across, measure, one_word_away
from benchmarks.language.bases import WORDED, Base, banking, clinc, faq, intents, reworded, worded
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.encoders import BUNDLED, LEXICAL, load

SIZES = (1_000, 10_000)
LISTED = (2, 4)
"""The numbers of lines in a list that say the same."""
REWORDED = ("reworded.txt", "reworded_again.txt", "reworded_third.txt")


def main(folder: Path | None, choices: tuple[str, ...] = (BUNDLED, LEXICAL)) -> None:
    """Print all figures, by encoder."""
    for choice in choices:
        encoder = load(choice)
        sys.stdout.write(f"\n{choice}\n")
        if folder:
            for base in bases(folder):
                _print(base.name, measure(base, encoder))
        _print("one word away", one_word_away(encoder))
        _print("the other language", across(encoder))
        similar(folder, encoder)
    for size in SIZES:
        for choice in choices:
            figures = speed.measure(size, choice)
            words = ", ".join(f"{name} {value:.1f}" for name, value in figures.items())
            sys.stdout.write(f"{size:,} articles, {choice}: {words}\n")
            sys.stdout.flush()


def bases(folder: Path) -> Iterator[Base]:
    """Yield the bases of questions."""
    yield from (clinc(folder, 10), clinc(folder, 1), banking(folder, 10), faq(folder))
    if (folder / WORDED).is_file():
        yield worded(folder)
    yield from (reworded(folder, file) for file in REWORDED)


def similar(folder: Path | None, encoder: Encoder | None) -> None:
    """Print how well duplicates are found before filing; `python -m benchmarks similar` measures how fast."""
    for name, figures in likeness.wishes(encoder):
        _print(name, figures)
    for name, phrased in (intents(folder) if folder else {}).items():
        for shots in likeness.PHRASINGS:
            found = likeness.measure(phrased, shots, encoder)
            means = ((what, mean(shares)) for what, shares in found.items())
            _print(f"similar, {name}, {shots} items an intent", means)
        for shots in LISTED:
            _print(f"in a list, {name}, {shots} an intent", likeness.listed(phrased, shots, encoder))


def _print(name: str, figures: Iterator[tuple[str, float]]) -> None:
    sys.stdout.write(f"  {name}: {', '.join(f'{what} {share:.1%}' for what, share in figures)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    folder, *chosen = sys.argv[1:] or [""]
    main(Path(folder) if folder else None, tuple(chosen) or (BUNDLED, LEXICAL))
