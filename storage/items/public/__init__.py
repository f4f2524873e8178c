"""Queries of items that everybody may see: browsing, cards, outcomes, publication."""
