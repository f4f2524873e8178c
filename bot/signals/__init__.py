"""Tells what is unusual from what varies anyway, by control charts of how many people wrote."""
