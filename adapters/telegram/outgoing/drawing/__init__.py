"""Draws replies as Telegram shows them."""
