"""Who sees feedback, and whether with its author's name."""
