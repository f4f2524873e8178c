"""The connection to Telegram: by polling or by webhook."""
