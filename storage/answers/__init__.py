"""Queries of the team's answers and of the questions put to the bot."""
