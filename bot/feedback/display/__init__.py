"""How an item is shown: its card, its support, and what is like it."""
