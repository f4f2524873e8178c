"""Redaction of posted digests and messages after an erasure, the daily deletion of expired data, and erasures."""
