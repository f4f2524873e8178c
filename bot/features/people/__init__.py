"""The commands on a person and a community, not on an item: help, setup, language, privacy, accounts, cancelling."""
