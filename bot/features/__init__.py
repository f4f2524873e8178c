"""The bot's commands, one module per capability. Features do not import each other; shared code is in lower rooms."""
