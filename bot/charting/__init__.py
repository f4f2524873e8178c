"""Draws pictures of digests and impact reports in a process of its own, which ends and gives its memory back."""
