"""Measures the recall of danger by the tables of phrases, by meaning, and by both, and the false positives.

`python -m benchmarks.danger [FOLDER]`; FOLDER has public data, all of it harmless. The threshold is chosen on the
packaged sentences by cross-validation: groups of similar ones are left out in turn, so that none is judged by its
translation or a near copy.
"""

import csv
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import connected_components

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.encoders import BUNDLED, load
from bot.language.text.frame import unframe
from bot.recognition.danger import DangerTables, danger, load_danger
from bot.recognition.meaning.likeness import THRESHOLD, Likeness, load_likeness
from bot.recognition.meaning.regression import fit
from bot.recognition.meaning.sentences import load_sentences

LABELLED = Path("tests", "unit", "recognition")
HELD_OUT = (
    "meaning_held_out",
    "plain_held_out",
    "chat_held_out",
    "danger_held_out",
    "communities_held_out",
    "lives_held_out",
    "blind_held_out",
)
ALIKE, FOLDS = 0.75, 4
"""The cosine from which sentences are grouped, and the number of parts of the cross-validation."""


def tell(line: str) -> None:
    """Print a line and flush, since the whole takes some minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path | None) -> None:
    """Print the figures."""
    encoder = load(BUNDLED)
    if encoder is None:
        raise SystemExit("The default encoder is not installed.")
    sentences = load_sentences()
    start = time.process_time()
    likeness = load_likeness(encoder)
    tell(f"{sum(map(len, sentences))} sentences, ready in {time.process_time() - start:.2f} s of CPU")
    labels = sentences.labels()
    scores = leave_out(encoder, [text for texts in sentences for text in texts], labels)
    for share in (0.01, 0.02, 0.03):
        edge = np.quantile(scores[labels < 0], 1 - share)
        tell(f"left out, {share:.0%} false: threshold {edge:.3f}, found {np.mean(scores[labels > 0] >= edge):.1%}")
    for name in HELD_OUT:
        compare(name, likeness)
    start = time.process_time()
    for text in sentences.ordinary[:200]:
        likeness.measure(f"{text} now")
    tell(f"{(time.process_time() - start) * 5:.2f} ms of CPU a text, with its encoding")
    for name, texts in public(folder) if folder else ():
        tell(f"{name}: {np.mean(likeness.measure_all(texts) >= THRESHOLD):.2%} of {len(texts)}")


def leave_out(encoder: Encoder, texts: Sequence[str], labels: Array) -> Array:
    """The cross-validated score of each sentence, from the sentences of the other groups."""
    vectors = encoder.encode([unframe(text) for text in texts])
    total, groups = connected_components(vectors @ vectors.T > ALIKE)
    folds = np.random.default_rng(0).integers(0, FOLDS, total)[groups]
    scores = np.empty(len(labels))
    for fold in range(FOLDS):
        own, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        learned = fit(vectors[rest], [texts[int(at)] for at in rest], labels[rest])
        scores[own] = learned.predict(vectors[own], [texts[int(at)] for at in own])
    return scores


def compare(name: str, likeness: Likeness) -> None:
    """Print the share found of a labelled set, by language and label, alone and among harmless sentences."""
    tables = load_danger()
    with (LABELLED / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for language in ("en", "fr"):
        own = [line for line in lines if line["language"] == language]
        usual = [line["text"] for line in own if line["label"] == "ordinary"]
        told = [line["text"] for line in own if line["label"] != "ordinary"]
        show(f"{name} {language} ordinary", usual, tables, likeness)
        show(f"{name} {language} danger", told, tables, likeness)
        if len(labels := sorted({line["label"] for line in own} - {"ordinary"})) > 1:
            for label in labels:
                show(f"    {label}", [line["text"] for line in own if line["label"] == label], tables, likeness)
        among = [f"{end(usual[at])} {end(text)} {usual[-at]}" for at, text in enumerate(told, 1)]
        alone = [f"{end(text)} {end(usual[at - 7])} {usual[at - 17]}" for at, text in enumerate(usual)]
        show("    one of danger between two", among, tables, likeness)
        show("    three ordinary ones", alone, tables, likeness)


def end(text: str) -> str:
    """A sentence with a punctuation mark at its end."""
    return text if text[-1] in ".!?…" else f"{text}."


def show(name: str, texts: Sequence[str], tables: DangerTables, likeness: Likeness) -> None:
    """Print the share of texts found by each method."""
    tabled = np.array([danger(text, tables) is not None for text in texts])
    meant = likeness.measure_all(texts) >= THRESHOLD
    ways = (("tables", tabled), ("meaning", meant), ("both", tabled | meant))
    tell(f"{name} ({len(texts)}): {' · '.join(f'{way} {np.mean(what):.1%}' for way, what in ways)}")


def public(folder: Path, most: int = 2_000) -> Iterator[tuple[str, Sequence[str]]]:
    """Samples of harmless public texts, by name."""
    with (folder / "banking77_train.csv").open(encoding="utf-8") as file:
        banking = [row[0] for row in csv.reader(file)][1:]
    clinc = json.loads((folder / "clinc150_train_val.json").read_text(encoding="utf-8"))
    sources = {
        "BANKING77": banking,
        "CLINC150": [row[0] for part in clinc.values() for row in part],
        "CNIL": list(_questions(json.loads((folder / "cnil_faq_squad.json").read_text(encoding="utf-8")))),
        "Ubuntu IRC": [
            line.partition("> ")[2].strip()
            for file in sorted((folder / "ubuntu_irc").glob("*.raw.txt"))
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        ],
    }
    for name, texts in sources.items():
        whole = list(dict.fromkeys(text for text in texts if len(text.split()) > 2))
        yield name, whole[:: max(1, len(whole) // most)]


def _questions(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        if isinstance(found.get("question"), str):
            yield found["question"]
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _questions(one)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
