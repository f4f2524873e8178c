"""The common core: turns what a person did into a reply. Knows no platform and no SQL."""
