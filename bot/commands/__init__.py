"""The registry of commands, the parsing of their arguments, and buttons that call them."""
