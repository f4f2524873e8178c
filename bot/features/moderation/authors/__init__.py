"""What the team asks an item's author, tells them, or forbids them."""
