"""The languages the product speaks beside English: one gettext catalogue each, kept as text."""
