"""Recognises what a text is about: danger, complaints about the team, wishes, contact data, plain talk."""
