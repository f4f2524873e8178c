"""Decisions on items: one or several at once, their reasons, and undoing them."""
