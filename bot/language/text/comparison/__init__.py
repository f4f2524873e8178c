"""Tells whether two texts ask or say the same: opposites, direction, changed words."""
