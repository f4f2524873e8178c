"""Questions that wait for an answer: listed, answered, set aside, or turned into feedback."""
