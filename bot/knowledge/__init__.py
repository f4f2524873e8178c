"""The team's answers, and the sources they are read from."""
