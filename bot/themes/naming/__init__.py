"""Labels themes by the words of their texts: their subject, and what is wrong with it or wished for."""
