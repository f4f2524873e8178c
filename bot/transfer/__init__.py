"""Data in and out: files into the store, and the store into files."""
