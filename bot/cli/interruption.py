"""How a command ends on Ctrl-C."""

import signal

INTERRUPTED = 128 + signal.SIGINT
"""The exit status shells give a program that a signal ended."""
