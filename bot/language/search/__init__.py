"""Ranks answers for a question, and tells how sure it is."""
