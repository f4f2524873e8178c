"""Renders a digest's figures in words."""
