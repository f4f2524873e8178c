"""The database engines: encrypted SQLite and PostgreSQL, one writer, keys and errors."""
