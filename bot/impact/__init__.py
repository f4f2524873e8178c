"""What listening is worth in a period: its source rows, the figures counted of them, and the table of the rows."""
