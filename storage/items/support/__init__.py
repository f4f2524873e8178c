"""Who supports and follows items, and why; items that are joined count together."""
