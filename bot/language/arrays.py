"""The type of the arrays that texts are compared in."""

from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""A NumPy array; each function says its shape."""
