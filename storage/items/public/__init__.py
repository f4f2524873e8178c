"""Queries of what everybody may see."""
