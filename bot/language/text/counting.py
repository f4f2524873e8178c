"""Counts the terms of many texts: each distinct word is split into terms once, and the rest is done in numpy."""

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from bot.language.arrays import Array
from storage.values import frozen


@frozen
class Counts:
    """How often texts have terms, as a sparse matrix of entries sorted by text, then by term.

    Attributes:
        terms: all terms, sorted.
        owners: by entry, the number of the text.
        columns: by entry, the number of the term.
        times: by entry, how often the text has the term.
    """

    terms: Sequence[str]
    owners: Array
    columns: Array
    times: Array


def count(
    texts: Sequence[str], split: Callable[[str], Sequence[str]], expand: Callable[[str], Iterable[str]]
) -> Counts:
    """Count the terms of texts.

    Args:
        split: gives a text's words.
        expand: gives a word's terms.
    """
    numbers: dict[str, int] = {}
    words, lengths = array("q"), array("q")
    for text in texts:
        found = split(text)
        lengths.append(len(found))
        words.extend([numbers.setdefault(word, len(numbers)) for word in found])
    known: dict[str, int] = {}
    spelt = [[known.setdefault(term, len(known)) for term in expand(word)] for word in numbers]
    owners = np.repeat(np.arange(len(texts)), np.array(lengths, int))
    asked = np.array(words, int)
    sizes = np.array([len(terms) for terms in spelt], int)
    pool = np.array([term for terms in spelt for term in terms], int)
    terms = sorted(known)
    rank = np.empty(len(known), int)
    rank[[known[term] for term in terms]] = np.arange(len(known))
    owners, columns = np.repeat(owners, sizes[asked]), rank[pool[_spread(asked, sizes)]]
    keys, times = np.unique(owners * max(1, len(known)) + columns, return_counts=True)
    return Counts(terms, *np.divmod(keys, max(1, len(known))), times)


def _spread(asked: Array, sizes: Array) -> Array:
    """For each word in turn, the indexes of its terms in the pool of all words' terms."""
    starts, taken = np.cumsum(sizes) - sizes, sizes[asked]
    within = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken)
    places: Array = np.repeat(starts[asked], taken) + within
    return places
