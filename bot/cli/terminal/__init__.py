"""Helpers of all commands: opening the store, printing data, asking the operator."""
