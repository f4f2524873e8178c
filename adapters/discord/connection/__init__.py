"""The connection to Discord: login, gateway, and catching up on missed messages."""
