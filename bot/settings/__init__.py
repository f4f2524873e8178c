"""The settings, from a file and the environment."""
