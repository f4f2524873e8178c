"""Reads the values of cells: dates, numbers of votes, and statuses."""
