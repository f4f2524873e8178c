"""Measures how right, how quiet and how fast the answers are."""
