"""Imports files into the store, and exports the store into files."""
