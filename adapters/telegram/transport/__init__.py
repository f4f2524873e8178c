"""Calls to the Bot API: requests, their errors, and waiting for Telegram."""
