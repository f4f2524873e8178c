"""Reads the values of cells: dates, tallies of votes, and statuses."""
