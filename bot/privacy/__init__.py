"""Redaction of posted digests and messages after an erasure, and the daily deletion of expired data."""
