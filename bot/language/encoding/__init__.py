"""Sentence encoders: texts as vectors whose cosine is high when they mean the same."""
