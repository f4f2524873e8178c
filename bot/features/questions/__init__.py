"""Answers members' questions, and lets the team answer those that are left."""
