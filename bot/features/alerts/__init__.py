"""Alerts: finds what unusually many people write about, and tells the staff in one message, kept up to date."""
