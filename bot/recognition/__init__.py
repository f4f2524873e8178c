"""Recognises what a text is about from its words alone."""
