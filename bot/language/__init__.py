"""Normalises texts, detects their language, and indexes them for search."""

FEWEST_PHRASINGS = 3
"""Phrasings per answer, on average: the least a classifier and a confidence model can be fitted on."""
