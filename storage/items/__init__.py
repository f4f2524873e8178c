"""Queries of feedback items and of what belongs to them: support, files, addresses, blocks."""
