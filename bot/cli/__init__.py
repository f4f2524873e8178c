"""The command line: data goes to stdout, everything else to stderr."""

import gc
import sys
import traceback
from collections.abc import Callable, Sequence

from bot.cli.terminal.interruption import EXIT_INTERRUPTED


def main() -> None:
    """Run the command line.

    An unexpected exception is reported by its type and place alone, as its message could hold a member's words.
    """
    try:
        load(sys.argv[1:])()
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        sys.exit(f"Something went wrong on our side: {type(error).__name__} at {frame.filename}:{frame.lineno}.")


def load(words: Sequence[str] = ()) -> Callable[[], object]:
    """Import what the commands need, or only the one that is typed, and build the command line."""
    # The imports make hundreds of thousands of lasting objects: collecting garbage among them takes 0.1 s.
    gc.disable()
    # structlog and httpx's command line import Rich and Pygments to print in colour, which needs 5 MiB.
    sys.modules.update(dict.fromkeys(("rich", "httpx._main")))  # type: ignore[arg-type]
    try:
        from bot.cli.root import build  # noqa: PLC0415 - it takes a second, in which Ctrl-C must be caught

        return build(words)
    finally:
        del sys.modules["rich"]
        gc.freeze()
        gc.enable()
