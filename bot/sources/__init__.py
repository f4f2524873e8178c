"""Knowledge as people keep it in files, read into drafts of answers."""

from bot.sources.draft import Draft, Problem
from bot.sources.recognition import read

__all__ = ["Draft", "Problem", "read"]
