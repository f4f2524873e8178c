"""What several features share about feedback: items, files, anonymity, notifications."""
