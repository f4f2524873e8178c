"""Queries of supporters and followers, of their reasons, and of joined items, which are counted together."""
