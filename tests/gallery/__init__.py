"""Pictures of what people are shown most, as each platform draws it (`make gallery`)."""
