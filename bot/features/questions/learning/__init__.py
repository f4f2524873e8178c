"""Adds, changes and removes answers of the knowledge; answers that members propose."""
