"""What people do with items they filed, support or follow."""
