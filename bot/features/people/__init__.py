"""Help, setup, language, privacy and cancelling: what concerns the person rather than an item."""
