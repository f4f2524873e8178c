"""Draws replies as Discord shows them."""
