"""What all cards of one version have in common."""

from importlib.metadata import version

from bot.core import Core


def look_of(core: Core) -> str:
    """What stands before the digest of what a card shows: another with another version or key.

    The words of another version, and the buttons signed with another key, may be others.
    """
    return core.store.keys.holder("cards", version("portevoix"))[:8] + ":"
