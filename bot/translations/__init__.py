"""Brings the translators' catalogues to the messages in the code."""
