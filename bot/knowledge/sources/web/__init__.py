"""Reads the operator's own pages: by their addresses, or a list or sitemap of them."""
