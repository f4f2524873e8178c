"""What moderators decide about feedback."""
