"""The connection to Telegram: requests, polling or webhook."""
