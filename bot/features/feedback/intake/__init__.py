"""Files feedback, after asking what must be known before."""
