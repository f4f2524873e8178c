"""Numbers the buttons of a message that have the same action, since Discord requires different custom ids."""

from dataclasses import replace

from adapters.discord.names import numbered_id
from adapters.discord.outgoing.drawing.render import Component, Key, Keys, Menu, Outgoing, Section


def number(message: Outgoing) -> Outgoing:
    """The message with a number in the custom id of each button whose id occurred before."""
    seen: dict[str, int] = {}

    def apart(key: Key) -> Key:
        times = seen[key.custom_id] = seen.get(key.custom_id, 0) + 1
        return key if times == 1 else key._replace(custom_id=numbered_id(key.custom_id, times))

    def told_apart(component: Component) -> Component:
        match component:
            case Section():
                return component._replace(key=apart(component.key))
            case Keys():
                return Keys(tuple(map(apart, component.row)))
            case Menu():
                return component._replace(options=tuple(map(apart, component.options)))
            case _:
                return component

    rows = tuple(tuple(map(apart, row)) for row in message.rows)
    components = tuple(map(told_apart, message.components))
    changed = any(times > 1 for times in seen.values())
    return replace(message, rows=rows, components=components) if changed else message
