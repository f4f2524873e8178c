"""Chats as other programs export them: how much was said each week, and which questions were answered."""
