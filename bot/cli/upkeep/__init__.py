"""Commands that maintain the database: replace its key, restore a backup, clear the traces of erased rows."""
