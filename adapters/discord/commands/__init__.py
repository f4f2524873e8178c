"""Slash commands and menus as Discord registers them."""
