"""Converts messages to what discord.py sends: arguments of its methods, and the JSON of Discord's API."""

import io
from collections.abc import Iterator
from typing import Any, TypeVar

import discord
from discord import AllowedMentions, ButtonStyle, ComponentType, MessageFlags, ui

from adapters.discord.names import menu_id
from adapters.discord.outgoing.drawing.render import (
    Component,
    Enclosure,
    Gallery,
    Key,
    Keys,
    Menu,
    Outgoing,
    Picture,
    Rows,
    Section,
    Shown,
    Text,
)
from adapters.values import JSON
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Accent, State, Weight

STYLES = {
    Weight.PLAIN: ButtonStyle.secondary,
    Weight.PRIMARY: ButtonStyle.primary,
    Weight.GOOD: ButtonStyle.success,
    Weight.DANGEROUS: ButtonStyle.danger,
}
COLOURS = {
    Accent.IDEA: 0x3B82C4,
    Accent.PROBLEM: 0xC77A1B,
    Accent.PRAISE: 0x8E5BB5,
    Accent.UNDER_WAY: 0x2A8C8C,
    Accent.DONE: 0x3A8F4C,
    Accent.CLOSED: 0x7A7F87,
    Accent.URGENT: 0xC23B3B,
}
"""The colours of cards, distinguishable on a dark and a light background; the text says the same."""
WORDS, LABEL = 150, 100
"""The most characters of a select's placeholder and of an option's label."""
V = TypeVar("V", bound=ui.view.BaseView)


def payload(message: Outgoing) -> JSON:
    """A message without files as JSON, with mentions and link previews off."""
    flags = MessageFlags.suppress_embeds.flag
    made: JSON = {"allowed_mentions": {"parse": []}, "flags": flags}
    if message.components:
        shown: list[JSON] = _layout(message).to_components()  # type: ignore[no-untyped-call]
        return {**made, "flags": flags | MessageFlags.components_v2.flag, "components": shown}
    if message.content:
        made["content"] = message.content
    if message.rows:
        made["components"] = _rows(message.rows)
    return made


def send_arguments(message: Outgoing) -> JSON:
    """The arguments of discord.py's `send` for a message."""
    found: JSON = {"allowed_mentions": AllowedMentions.none(), "suppress_embeds": True}
    if message.files:
        found["files"] = [_file(file) for file in message.files]
    if message.components:
        return {**found, "view": _layout(message)}
    found["content"] = message.content or None
    return {**found, "view": _view(message.rows)} if message.rows else found


def edit_arguments(message: Outgoing) -> JSON:
    """The arguments of discord.py's `edit` for a message; what it lacks is removed from the present one."""
    found = send_arguments(message)
    kept = {"content": found.get("content"), "allowed_mentions": found["allowed_mentions"]}
    return {**kept, "attachments": found.get("files", []), "view": found.get("view")}


def _rows(rows: Rows) -> list[JSON]:
    return [{"type": ComponentType.action_row.value, "components": [_button(key) for key in row]} for row in rows]


def _button(key: Key) -> JSON:
    made: JSON = {"type": ComponentType.button.value, "style": STYLES[key.weight].value}
    made |= {"label": key.label, "custom_id": key.custom_id}
    return made if key.state is State.OPEN else {**made, "disabled": True}


def _view(rows: Rows) -> ui.View:
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for key in row:
            view.add_item(_ui_button(key, row=number))
    return _stopped(view)


def _layout(message: Outgoing) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    items = [item for component in message.components for item in _items(component)]
    if message.accent or message.mark:
        colour = COLOURS[message.accent] if message.accent else None
        view.add_item(ui.Container(*items, accent_colour=colour, id=message.mark or None))
    else:
        for item in items:
            view.add_item(item)
    return _stopped(view)


def _items(component: Component) -> Iterator[ui.Item[Any]]:
    match component:
        case Text():
            yield ui.TextDisplay(component.markdown)
        case Section():
            yield ui.Section(ui.TextDisplay(component.markdown), accessory=_ui_button(component.key))
        case Keys():
            yield ui.ActionRow(*map(_ui_button, component.row))
        case Menu():
            yield ui.ActionRow(_select(component))
        case Gallery():
            shown = [
                discord.MediaGalleryItem(f"attachment://{one.name}", description=one.alt or None)
                for one in component.pictures
            ]
            yield ui.MediaGallery(*shown)
        case Shown():
            yield ui.File(f"attachment://{component.file.name}")


def _select(menu: Menu) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=excerpt(key.label, LABEL), value=key.custom_id, default=key.state is State.CHOSEN)
        for key in menu.options
    ]
    return ui.Select(
        placeholder=excerpt(menu.words, WORDS), options=options, custom_id=menu_id(menu.options[0].custom_id)
    )


def _ui_button(key: Key, row: int | None = None) -> ui.Button[Any]:
    return ui.Button(
        label=key.label,
        custom_id=key.custom_id,
        style=STYLES[key.weight],
        disabled=key.state is not State.OPEN,
        row=row,
    )


def _file(file: Picture | Enclosure) -> discord.File:
    return discord.File(io.BytesIO(file.content), filename=file.name, description=file.alt or None)


def _stopped(view: V) -> V:
    """The view, stopped, so that discord.py does not keep it: buttons are recognised by their ids."""
    view.stop()
    return view
