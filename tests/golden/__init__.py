"""What the product says, word for word, kept in files that a change must be read against."""
