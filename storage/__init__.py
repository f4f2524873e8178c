"""The store: tables, engine, and every query by name in the file of its noun. Knows nothing of chat."""
