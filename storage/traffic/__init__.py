"""Queries of what comes in, what is to go out, and what waits for a person's next step."""
