"""Reads tables of people and other tools, with their encodings, separators and names of columns."""
