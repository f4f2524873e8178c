"""Recognises plain talk, in English and French."""
