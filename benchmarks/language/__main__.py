"""`python -m benchmarks.language [FOLDER]`: prints how right, how quiet and how fast the answers are.

The folder has `clinc150_train_val.json`, `banking77_train.csv` and `cnil_faq_squad.json`; without it only our own pairs
of questions are asked, and speed and memory measured.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.language import speed
from benchmarks.language.accuracy import across, measure, one_word_away
from benchmarks.language.bases import banking, clinc, faq
from bot.language.encoding.encoders import BUNDLED, LEXICAL, load

SIZES = (1_000, 10_000)


def main(folder: Path | None, choices: tuple[str, ...] = (BUNDLED, LEXICAL)) -> None:
    """Print all figures, by encoder."""
    for choice in choices:
        encoder = load(choice)
        sys.stdout.write(f"\n{choice}\n")
        if folder:
            for base in (clinc(folder, 10), clinc(folder, 1), banking(folder, 10), faq(folder)):
                _print(base.name, measure(base, encoder))
        _print("one word away", one_word_away(encoder))
        _print("the other language", across(encoder))
    for size in SIZES:
        for choice in choices:
            figures = speed.measure(size, choice)
            words = ", ".join(f"{name} {value:.1f}" for name, value in figures.items())
            sys.stdout.write(f"{size:,} articles, {choice}: {words}\n")
            sys.stdout.flush()


def _print(name: str, figures: Iterator[tuple[str, float]]) -> None:
    sys.stdout.write(f"  {name}: {', '.join(f'{what} {share:.1%}' for what, share in figures)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
