"""The team's answers: the search in them, and the readers of files they come in."""
