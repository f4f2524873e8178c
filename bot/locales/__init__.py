"""The languages of the product: one gettext catalogue for each but English, kept as a .po file."""
