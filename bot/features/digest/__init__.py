"""The digest: reads the figures of a period, renders them as a reply, and posts it once."""
