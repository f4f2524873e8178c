"""Queries of the moderators' desk."""
