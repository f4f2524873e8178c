"""Turns an `Inbound` into a `Reply`: finds the command, checks the policy, runs it, and reports errors."""
