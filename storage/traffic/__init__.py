"""Queries of incoming events, outgoing messages, prompts, buttons and screens."""
