"""Types of plain values in the platforms' APIs."""

from typing import Any

JSON = dict[str, Any]
"""A JSON object, decoded."""
