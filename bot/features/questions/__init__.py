"""Answers members' questions, and lets the team answer those without an answer."""
