"""Cards: items for everyone, posted in the community's place for ideas and edited with each change."""
