"""Commands that look after the database: a new key, a backup brought back, traces cleared."""
