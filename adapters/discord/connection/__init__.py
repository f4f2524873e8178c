"""The connection to Discord: login, gateway, what was missed meanwhile."""
