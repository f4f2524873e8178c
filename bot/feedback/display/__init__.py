"""Shows items: their cards, receipts, support, and similar ones."""
