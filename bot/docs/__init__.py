"""Generates parts of the documentation from the code: `python -m bot.docs`."""
