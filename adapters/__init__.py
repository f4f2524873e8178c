"""Platforms: each turns what a person did into an `Inbound`, and a `Reply` into the platform's own calls."""
