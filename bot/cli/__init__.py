"""The command line: stdout carries data only, the rest goes to stderr."""

from bot.cli.root import main

__all__ = ["main"]
