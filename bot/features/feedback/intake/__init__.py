"""Files feedback, and asks what is to be known before."""
