"""Reads chats exported by other programs: counts of messages by week, and questions that were answered."""
