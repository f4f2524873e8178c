"""Plain values, as the platforms' APIs take and give them."""

from typing import Any

JSON = dict[str, Any]
"""A JSON object, decoded."""
