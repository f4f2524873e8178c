"""Imports feedback from files: reads them, finds items that are there already, previews the import, and runs it."""
