"""Reads tables as people and other tools write them: encodings, separators, and columns by many names."""
