"""Converts Discord's interactions and messages to `Inbound`, and answers interactions."""
