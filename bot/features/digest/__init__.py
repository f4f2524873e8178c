"""The digest: its figures are read, rendered as a reply, and posted once for each period."""
