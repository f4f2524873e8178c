"""Living cards: what is filed for everyone, shown where the community's ideas live and edited with each change."""
