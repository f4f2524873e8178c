"""Opens a store: creates its tables, checks them and migrates them."""
