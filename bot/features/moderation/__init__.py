"""The moderators' commands: decisions on items, and everything else they do with them."""
