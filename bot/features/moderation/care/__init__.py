"""Who takes care of feedback until when, and what the team notes on it."""
