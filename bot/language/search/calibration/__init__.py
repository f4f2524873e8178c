"""Estimates how probably an answer is right, from what was left out."""
