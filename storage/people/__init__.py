"""Queries of people, their accounts and private chats, and of communities and their places."""
