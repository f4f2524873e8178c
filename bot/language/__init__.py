"""Text as data: normalise, detect its language, index it."""
