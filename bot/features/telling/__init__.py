"""News for people and how often it is sent, public posts on outcomes, and questions to people ready to talk."""
