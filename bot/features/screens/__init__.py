"""Messages that show how an item stands, edited where they stand when it changes."""
