"""The vector space of texts: TF-IDF as scikit-learn has it, and the unseen besides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.text.terms import Terms

WORDS = ["a", "is", "it", "point", "relais", "changer", "order", "my", "my-order", "the", "opening", "x9", "été"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8)


@given(TEXTS)
def test_the_texts_own_vectors_are_scikit_learns(texts: list[str]) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a second, for this test alone

    rows = Terms(texts, ()).rows.toarray()
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(texts)
    words = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True).fit_transform(texts)
    expected = np.hstack([pieces.toarray(), words.toarray()]) * np.sqrt(0.5)
    assert rows == pytest.approx(expected, abs=1e-12)
