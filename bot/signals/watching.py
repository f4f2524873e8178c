"""How the limits of a chart differ that is looked at again and again between two periods."""

WATCH_SIGMAS = 3.6
"""Standard deviations from the centre: a window that moves on by minutes has many chances to be above three.
`python -m benchmarks signals` shows how often it alarms falsely, and how soon it notices."""
FEWEST_FOR_ALERT = 8
"""The fewest people an alert is about: it interrupts, where a digest is read anyway."""
