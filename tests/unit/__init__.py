"""The core's parts, each on its own."""
