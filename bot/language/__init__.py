"""Text as data: normalise, detect its language, index it."""

FEWEST_PHRASINGS = 3
"""An answer, on average: with fewer there is neither enough to train on nor to learn how sure to be."""
