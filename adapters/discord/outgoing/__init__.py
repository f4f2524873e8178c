"""From a `Reply` to messages of Discord, and their sending."""
