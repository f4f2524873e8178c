"""What the team asks of, tells or forbids an item's author."""
