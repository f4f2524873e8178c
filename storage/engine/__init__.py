"""Opens, encrypts and writes the database."""
