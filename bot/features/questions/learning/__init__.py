"""What the team adds to its knowledge, and takes out of it; answers that members propose."""
