"""Draws a digest's picture in a process of its own, which ends and gives its memory back."""
