"""Queries of feedback items and of of their support, files, sealed addresses and blocks."""
