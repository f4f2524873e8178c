"""The settings: read from a file and the environment, and validated."""
