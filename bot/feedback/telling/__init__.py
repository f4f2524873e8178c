"""What people concerned are told."""
