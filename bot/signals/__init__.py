"""Tells unusual counts from normal variation, by control charts of how many people wrote."""
