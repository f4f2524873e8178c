"""`portevoix import`: brings feedback in from files."""
