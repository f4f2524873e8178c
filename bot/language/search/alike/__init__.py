"""Finds the texts that are so near to another that they may say the same: by meaning, or by words alone."""
