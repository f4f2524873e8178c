"""The fake's REST API: operations, their checks, limits and refusals."""
