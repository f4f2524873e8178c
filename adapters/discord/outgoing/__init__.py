"""Renders a `Reply` as Discord messages, and sends them."""
