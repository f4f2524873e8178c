"""Danger told by what a text means, where no phrase of a table is found."""
