"""Messages to the community's trusted contacts alone, and help for people in danger."""
