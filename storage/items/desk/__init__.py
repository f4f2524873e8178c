"""Queries for the moderators' work: the queue, decisions, ownership, blocks, urgency."""
