"""The fake's websocket: sessions, events and all the ways they end."""
