"""Files feedback, shows it and changes it."""
