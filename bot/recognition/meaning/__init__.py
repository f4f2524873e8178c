"""Recognises danger by the meaning of a text, where no phrase of a table is found."""
