"""The connection to Telegram: login, and updates by long polling or webhook."""
