"""The digest: gathered by reading, rendered purely, claimed and posted once."""
