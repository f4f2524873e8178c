"""What is erased from what was posted, and what goes after its days."""
