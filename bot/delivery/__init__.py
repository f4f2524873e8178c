"""Delivers the rows of the outbox through the adapters."""
