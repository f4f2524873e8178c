"""The impact report of a period: its source rows, the figures counted from them, and the table of the rows."""
