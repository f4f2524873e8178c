"""Measures the answers' accuracy, their false positives, and their speed."""
