"""The queue of items to decide: its filters, its order, and the screen of an item."""
