"""Puts the bot together, and looks whether all is well."""
