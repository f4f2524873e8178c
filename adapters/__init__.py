"""The platforms: each converts incoming events to `Inbound` and sends `Reply` through the platform's API."""
