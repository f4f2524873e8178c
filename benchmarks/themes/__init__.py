"""Measures how well planted themes are found among noise and recognised later, by meaning and lexically."""
