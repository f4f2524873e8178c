"""Files sent with feedback: which are kept, how they are fetched and shown."""
