"""Compares our language detector with libraries on French and English: accuracy, speed and memory.

The texts are the sample community's, whole and cut to their first six and three words, as short as chat messages.
Each detector runs in a process of its own, `python -m benchmarks.detection NAME`. Libraries that are not installed
are skipped: `pip install py3langid lingua-language-detector simplemma pycld2` installs all of them.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec

from benchmarks.rig.first_answer import memory
from benchmarks.rig.report import Chapter, Figure
from bot.demo.deeds import Asked, Filed
from bot.demo.story import Story
from bot.language.text.detect import Detector

LANGUAGES = ("en", "fr")
LENGTHS: Mapping[str, int] = {"whole": 1_000, "6 words": 6, "3 words": 3}
SURE, SHORTEST = 0.8, 12
"""The probability and the characters below which py3langid's result counts as undecided."""
Detect = Callable[[str], str]
"""Returns a text's language code, or an empty text when it is undecided."""


def ours() -> Detect:
    """The product's detector, which counts stop words."""
    detector = Detector(LANGUAGES)
    return lambda text: detector.detect(text, "")


def py3langid() -> Detect:
    """Naive Bayes over byte n-grams, limited to the two languages."""
    module = import_module("py3langid.langid")
    identifier = module.LanguageIdentifier.from_model_file(module.MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))

    def detect(text: str) -> str:
        language, sure = identifier.classify(text)
        return str(language) if sure >= SURE and len(text) >= SHORTEST else ""

    return detect


def lingua() -> Detect:
    """Character n-grams up to five, limited to the two languages."""
    module = import_module("lingua")
    languages = {module.Language.ENGLISH: "en", module.Language.FRENCH: "fr"}
    detector = module.LanguageDetectorBuilder.from_languages(*languages).build()
    return lambda text: languages.get(detector.detect_language_of(text), "")


def simplemma() -> Detect:
    """The share of words that are in each language's dictionary, the dictionaries kept small."""
    module = import_module("simplemma")

    def detect(text: str) -> str:
        shares = dict(module.langdetect(text, LANGUAGES, low_memory=True))
        english, french = shares.get("en", 0), shares.get("fr", 0)
        return "" if english == french else "en" if english > french else "fr"

    return detect


def pycld2() -> Detect:
    """Google's Compact Language Detector; any other language counts as undecided."""
    module = import_module("pycld2")

    def detect(text: str) -> str:
        found = [code for _, code, *_ in module.detect(text, bestEffort=True)[2]]
        return next((code for code in found if code in LANGUAGES), "")

    return detect


DETECTORS: Mapping[str, Callable[[], Detect]] = {
    "small words": ours,
    "py3langid": py3langid,
    "lingua": lingua,
    "simplemma": simplemma,
    "pycld2": pycld2,
}


async def measure() -> Chapter:
    """Every figure of this chapter."""
    names = [name for name in DETECTORS if name == "small words" or find_spec(name)]
    figures = [figure for name in names for figure in await asyncio.to_thread(_in_subprocess, name)]
    note = f"{len(list(_texts()))} texts of the sample community; what is neither right nor wrong is left undecided."
    return Chapter("Telling languages apart", "python -m benchmarks detection", tuple(figures), note)


def evaluate(detect: Detect) -> Iterator[tuple[str, str]]:
    """The accuracy by length and language, and the time per text, as pairs of a label and a figure."""
    texts = list(_texts())
    for length, words in LENGTHS.items():
        for language in LANGUAGES:
            mine = [" ".join(text.split()[:words]) for code, text in texts if code == language]
            found = Counter(detect(text) for text in mine)
            wrong = len(mine) - found[language] - found[""]
            yield f"{length}, {language}", f"{found[language] / len(mine):.1%} right, {wrong / len(mine):.1%} wrong"
    start = time.perf_counter()
    for _, text in texts:
        detect(text)
    yield "a text", f"{(time.perf_counter() - start) / len(texts) * 1e6:,.0f} µs"


def main(name: str) -> None:
    """Evaluate one detector in this process, and print its figures as JSON."""
    list(_texts())
    before, start = memory(), time.process_time()
    detect = DETECTORS[name]()
    detect("Where is the key?")
    loaded = time.process_time() - start
    figures = [*evaluate(detect), ("CPU to load", f"{loaded:.2f} s")]
    held = f"{(memory() - before) / 2**20:,.0f} MiB"
    sys.stdout.write(json.dumps([*figures, ("memory", held)]))


def _in_subprocess(name: str) -> list[Figure]:
    """The figures of one detector, evaluated in a process of its own."""
    run = [sys.executable, "-m", "benchmarks.detection", name]
    done = subprocess.run(run, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return [Figure(f"{name}: {what}", found) for what, found in json.loads(done.stdout)]


def _texts() -> Iterator[tuple[str, str]]:
    """The sample community's texts, as pairs of the language and the text."""
    story = Story()
    for week in story.weeks:
        deeds: list[Filed | Asked] = [*week.feedback, *week.question]
        yield from ((story.people[deed.by], deed.text) for deed in deeds)
    for entry in story.answers():
        yield from ((entry.language, text) for text in (*entry.phrasings, entry.text))


if __name__ == "__main__":
    main(sys.argv[1])
