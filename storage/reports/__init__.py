"""Queries of the figures of digests and reports, and of the digests that were posted."""
