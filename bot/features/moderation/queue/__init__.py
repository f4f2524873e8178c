"""The queue: its filters, its order, and what a moderator is shown of an item before deciding on it."""
