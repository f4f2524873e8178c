"""Encoders of sentences: texts as vectors that are near when they mean the same."""
