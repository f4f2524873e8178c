"""Recognises plain talk in English and French: questions about the bot, announcements, insults."""
