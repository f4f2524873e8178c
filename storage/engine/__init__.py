"""Connections to encrypted SQLite and PostgreSQL, transactions, encryption keys and errors."""
