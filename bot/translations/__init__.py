"""Updates the translation catalogues from the messages in the code."""
