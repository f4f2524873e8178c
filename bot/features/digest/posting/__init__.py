"""When and where digests are posted."""
