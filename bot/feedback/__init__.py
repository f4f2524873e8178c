"""Feedback as people see it: items, files, namelessness, notices."""
