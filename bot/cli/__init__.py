"""The command line: stdout carries data only, the rest goes to stderr."""

import gc
import sys
import traceback

from bot.cli.interruption import INTERRUPTED


def main() -> None:
    """Run the command line. A fault of ours is told by its place, never with what it was about."""
    try:
        # Hundreds of thousands of objects are imported, and all stay: looking for garbage among them takes 0.1 s.
        gc.disable()
        from bot.cli.root import build  # noqa: PLC0415 - it takes a second, and Ctrl-C in it is no fault

        gc.freeze()
        gc.enable()
        build()()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        sys.exit(f"Something went wrong on our side: {type(error).__name__} at {frame.filename}:{frame.lineno}.")
