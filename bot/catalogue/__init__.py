"""The list of all commands, from which slash commands, menus, help and the documentation are generated."""

from bot.catalogue.deciding import assigning, deciding
from bot.catalogue.members import members
from bot.catalogue.moderators import moderators
from bot.catalogue.pressed import pressed
from bot.commands.registry import Registry


def registry() -> Registry:
    """The product's commands, in the order people see them."""
    return Registry((*members(), *moderators(), *deciding(), *assigning(), *pressed()))
