"""The settings of one community."""
