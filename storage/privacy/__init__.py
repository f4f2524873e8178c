"""Erasure, retention, and copies of a person's data, driven by the declarations of the columns."""
