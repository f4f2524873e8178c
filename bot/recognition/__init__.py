"""Recognises what a text is about by phrases in tables: a person in danger, a complaint about the team."""
