"""From a `Reply` to messages of Telegram, and their sending."""
