"""Application commands: their definitions and their registration with Discord."""
