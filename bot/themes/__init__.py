"""Themes: what many people talk about in a period, named, quoted, and recognised from week to week."""

from bot.themes.overview import NO_THEMES, Overview, present, read_overview
from bot.themes.theme import Reason, Theme, Trend

__all__ = ["NO_THEMES", "Overview", "Reason", "Theme", "Trend", "present", "read_overview"]
