"""Alerts: a watch notices what suddenly many people write about, and the staff read it in one message."""
