"""Queries of what many items have in common: themes and alerts."""
