"""Assembles and runs the bot, and examines an installation."""
