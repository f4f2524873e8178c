"""Queues news for the people whom a change of an item concerns."""
