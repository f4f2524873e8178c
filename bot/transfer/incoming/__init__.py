"""Imports feedback from files: reads them, finds what is there already, shows what would come, and brings it in."""
