"""Renders a `Reply` as Telegram messages, and sends them."""
