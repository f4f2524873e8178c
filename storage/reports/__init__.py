"""The figures of digests, and the digests that were posted."""
