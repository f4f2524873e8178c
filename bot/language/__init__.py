"""Normalises texts, detects their language, and indexes them for search."""

FEWEST_PHRASINGS = 3
"""The fewest phrasings per answer, on average, to fit a classifier and a confidence model on."""
