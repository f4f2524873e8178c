"""Delivers what the bot owes: the courier, its envelopes and their destinations."""
