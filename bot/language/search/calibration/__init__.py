"""Estimates the probability that an answer is right, from questions left out of the index."""
