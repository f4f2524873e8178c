"""Reads knowledge from files in several layouts into drafts of answers."""

from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.recognition import read

__all__ = ["Draft", "Problem", "read"]
