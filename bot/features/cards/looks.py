"""The fingerprint of the version and key that cards were posted with."""

from importlib.metadata import version

from bot.core import Core


def look_of(core: Core) -> str:
    """The prefix of the digest of what a card shows, which differs between versions and between keys.

    By it, cards are edited after an update, which may change words, and after a change of the key that signs buttons.
    """
    return core.store.keys.holder("cards", version("portevoix"))[:8] + ":"
