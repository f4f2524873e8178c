"""The exit status after Ctrl-C."""

import signal

EXIT_INTERRUPTED = 128 + signal.SIGINT
"""The exit status that shells report for a program ended by SIGINT."""
