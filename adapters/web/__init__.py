"""The demo's platform: a local page with a community and its staff."""
