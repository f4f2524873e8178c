"""From what Telegram sends to an `Inbound`."""
