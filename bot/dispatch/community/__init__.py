"""Finds the community of an event, and who takes part in it."""
