"""Texts as words: normalised, their language, what frames a question, and what reverses it."""
