"""Puts the words for a platform's tokens, such as `@Zoe` for `<@123>`, in the place of these in what a person wrote."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.arguments import split
from bot.commands.registry import Registry, Shape
from bot.ports.inbound import Inbound


def with_words(inbound: Inbound, registry: Registry) -> Inbound:
    """The event with words for the tokens in its texts; where a command asks for a person, the token stays."""
    if not inbound.tokens:
        return inbound
    typed = split(inbound.text)
    command = registry.find(inbound.command or (typed.name if typed else ""))
    people = {one.name for one in command.parameters if one.shape is Shape.PERSON} if command else set()
    text = inbound.text if people else _worded(inbound.text, inbound.tokens)
    args = {name: value if name in people else _worded(value, inbound.tokens) for name, value in inbound.args.items()}
    about = inbound.about and replace(inbound.about, text=_worded(inbound.about.text, inbound.tokens))
    return replace(inbound, text=text, args=args, about=about)


def _worded(text: str, tokens: Mapping[str, str]) -> str:
    for token, words in tokens.items():
        text = text.replace(token, words)
    return text
