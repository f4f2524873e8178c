"""Themes for moderators: the list of the week, and what they make of a theme."""
