"""How people are told what became of things, and how often; the public word on it; those ready to talk."""
