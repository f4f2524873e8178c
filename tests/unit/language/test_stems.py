"""Words are stemmed by several threads at once, as alerts, themes and answers do."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.language.text.stems import stem

STARTS = ("naïve", "continu", "nation", "relation", "fâcheu", "généra", "heureu", "cré")
ENDS = ("ment", "ments", "isation", "euse", "ité", "ance", "ations", "ées", "issions", "er")
WORDS = [f"{start}{end}" for start in STARTS for end in ENDS]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_threads_do_not_mix_up_their_words() -> None:
    right = [stem(word, "french") for word in WORDS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [stem(word, "french") for word in WORDS], range(16)))
    assert found == [right] * 16
