"""Similar items: an index in memory of the open items that all members of a community see."""
