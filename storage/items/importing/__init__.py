"""Reads and writes many items at once, for imports and exports."""
