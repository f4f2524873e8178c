"""The commands about answers and the meaning of words."""
