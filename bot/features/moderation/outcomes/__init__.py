"""What is decided on feedback, in which words, and on several at once."""
