"""The owner, due date and notes of items, which only the team sees."""
