"""What only the community's trusted contacts read, and help for people in danger."""
