"""Unrelated texts for people to write, so that none is found similar to another."""

from hashlib import sha256

WISHES = (
    "Sunday opening",
    "A dark theme",
    "More bins on the beach",
    "The lift is stuck",
    "Vegetarian meals, please",
    "Bike racks at the town hall",
    "Parcels arrive late",
    "A chess tournament",
    "Invoices by email",
    "Plant trees in the square",
    "The wifi keeps dropping",
    "A drinking fountain",
)


def strange(key: int | str) -> str:
    """A text that nobody else writes, different for each key."""
    letters = "".join(chr(ord("a") + byte % 26) for byte in sha256(str(key).encode()).digest())
    return f"{letters[:9]} {letters[9:19]} {letters[19:]}"
