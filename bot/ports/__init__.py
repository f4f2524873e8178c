"""The interface between the core and the platforms: events, replies and adapters."""
