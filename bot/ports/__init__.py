"""The seam between the core and the platforms: what comes in, what goes out."""
