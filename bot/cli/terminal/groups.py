"""Makes groups of commands."""

import typer
from typer.core import TyperGroup


def group(words: str, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """A group without commands yet, which prints its help, these words first, in plain text."""
    return typer.Typer(
        help=words,
        cls=cls,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
