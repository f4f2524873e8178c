"""What people do with what they filed, support or follow."""
