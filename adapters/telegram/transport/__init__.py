"""Calls to the Bot API: HTTP requests, their errors, and backoff."""
