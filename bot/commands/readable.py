"""Replaces a platform's tokens in what a person wrote by words, such as `<@123>` by `@Zoe`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.commands.arguments import split
from bot.commands.registry import Registry, Shape
from bot.ports.inbound import Inbound


def with_words(inbound: Inbound, registry: Registry) -> Inbound:
    """The event with words for the tokens in its texts; where a command asks for a person, the token stays."""
    return _with(inbound, registry, {token: words for token, words in inbound.tokens.items() if isinstance(words, str)})


def with_moments(inbound: Inbound, registry: Registry, say: Callable[[datetime], str]) -> Inbound:
    """The event with words for the instants in its texts.

    Args:
        say: an instant in words, in the language and the zone of the community that will read them.
    """
    moments = {token: say(at) for token, at in inbound.tokens.items() if isinstance(at, datetime)}
    return _with(inbound, registry, moments)


def _with(inbound: Inbound, registry: Registry, tokens: Mapping[str, str]) -> Inbound:
    if not tokens:
        return inbound
    typed = split(inbound.text)
    command = registry.find(inbound.command or (typed.name if typed else ""))
    people = {one.name for one in command.parameters if one.shape is Shape.PERSON} if command else set()
    text = inbound.text if people else _worded(inbound.text, tokens)
    args = {name: value if name in people else _worded(value, tokens) for name, value in inbound.args.items()}
    about = inbound.about and replace(inbound.about, text=_worded(inbound.about.text, tokens))
    return replace(inbound, text=text, args=args, about=about)


def _worded(text: str, tokens: Mapping[str, str]) -> str:
    for token, words in tokens.items():
        text = text.replace(token, words)
    return text
