"""Names themes from the words of their texts: what they are about, and what is wrong or wished for there."""
