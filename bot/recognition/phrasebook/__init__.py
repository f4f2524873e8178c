"""Finds the phrases of a community's tables in a text."""
