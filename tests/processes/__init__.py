"""Processes that are forked from one that has loaded the bot already."""
