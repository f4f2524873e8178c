"""Random lives on both platforms, after which everything that stands in a chat is true."""
