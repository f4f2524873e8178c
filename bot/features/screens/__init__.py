"""Screens: sent messages that show the state of an item, and are edited when it changes."""
