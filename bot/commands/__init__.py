"""Commands: how they are registered, and how their arguments are read."""
