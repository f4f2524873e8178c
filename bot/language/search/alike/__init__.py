"""Indexes that find the texts similar to another: by meaning, or by words alone."""
