"""Ranks answers for a question, with a calibrated confidence."""
