"""Stores updates, and converts them to `Inbound`."""
