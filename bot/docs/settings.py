"""Generates the table of settings and the example settings' file."""

import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.docs.tables import rows
from bot.settings.config import PREFIX, Settings
from storage.values import frozen

FILE = "config.example.toml"

MACHINE_DEFAULTS = {"key_file": "~/.config/portevoix/database.key"}
"""By setting, the default on Linux where it depends on the machine."""

EXAMPLES = {
    "communities.key": '"plaza"',
    "communities.name": '"Plaza"',
    "communities.language": '"fr"',
    "communities.timezone": '"Europe/Paris"',
    "communities.areas": '["Deliveries", "Shop", "Volunteers"]',
    "communities.team": '"Delivery team"',
    "communities.answer_days": "14",
    "communities.staff": '{ platform = "telegram", place = "-1001234567890" }',
    "communities.routes": (
        '[{ area = "Shop", staff = { platform = "telegram", place = "-1005556667778" }, team = "Shop desk", '
        "answer_days = 5, at_once = true }]"
    ),
    "communities.preset": '"association"',
    "communities.words": ('{ en = { planned = "on our list for 2027" }, fr = { planned = "retenu pour 2027" } }'),
    "communities.questions": (
        '[{ key = "since", kind = "problem", area = "Shop", text = { en = "Since when?", fr = "Depuis quand ?" }, '
        'choices = { en = ["Today", "Earlier"], fr = ["Aujourd\'hui", "Avant"] }, required = true }]'
    ),
    "communities.severity": "{ words = true, people = 5, hours = 24 }",
    "communities.alerts": '{ on = true, every = 3, quiet = "22:00-07:00" }',
    "communities.trusted_contacts": '["telegram:123456789", "discord:234567890123456789"]',
    "communities.human_help": '"At night: 01 23 45 67 89. In danger: 112."',
    "tables": '"/etc/portevoix/tables"',
    "communities.impact": '{ minutes_per_answer = 5, hourly_cost = 30.0, currency = "EUR" }',
    "communities.hold": (
        '{ suggestions = "new", problems = "new", praise = "nobody", new_days = 7, new_items = 3, '
        'places = { "telegram:-1001234567890" = "everyone" } }'
    ),
    "communities.telling": '{ news = "daily", ready_days = 60 }',
    "digests.timezone": '"Europe/Paris"',
    "digests.areas": '["Deliveries", "Shop"]',
    "digests.community": '"plaza"',
    "digests.communities": '["plaza", "forum"]',
    "digests.language": '"fr"',
    "digests.staff": '{ platform = "telegram", place = "-1009876543210" }',
    "backup.folder": '"/backups"',
    "erased_file": '"/backups/portevoix.erased"',
    "telegram.token": '"the token BotFather gave"',
    "telegram.webhook_url": '"https://bot.example.org/telegram"',
    "telegram.webhook_secret": '"a long word nobody can guess"',
    "discord.api_url": '"http://127.0.0.1:8100/api/v10"',
    "discord.gateway_url": '"ws://127.0.0.1:8100/"',
    "discord.proxy": '"http://proxy.example.org:3128"',
    "telegram.proxy": '"http://proxy.example.org:3128"',
    "discord.token": '"the token of the developer portal"',
}
"""By setting without a default, the value in the example file, in TOML."""

HEADER = """\
# Portevoix's settings. Copy this file to config.toml and take the # off the lines to change: they
# show the default, or an example where there is none. The environment wins over the file, as in
# PORTEVOIX_LANGUAGE=fr or PORTEVOIX_LIMITS__OPEN_ITEMS=50. More in docs/configuration.md.
"""


@frozen
class Setting:
    """One key of the settings' file.

    Attributes:
        path: the names of its tables, the outermost first, and its own.
        section: the model of the table it holds; None when it holds a value.
        many: whether the key is in, or holds, an array of tables.
    """

    path: tuple[str, ...]
    field: FieldInfo
    section: type[BaseModel] | None
    many: bool

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.path)

    @property
    def variable(self) -> str:
        """The environment variable that sets it; in an array of tables, the one that sets the whole array."""
        return PREFIX + "__".join(self.path[:1] if self.many else self.path).upper()

    @property
    def default(self) -> Any:
        """The default value; None when it is required or has none."""
        return MACHINE_DEFAULTS.get(self.name) or (None if self.field.is_required() else self.field.get_default())


def settings() -> Iterator[Setting]:
    """Every setting, those of nested tables after their table."""
    for item in _keys(Settings):
        yield item
        yield from _below(item)


def table() -> str:
    """A table of every setting: its name, its environment variable, its default and its description."""
    body = [
        (f"`{item.name}`", f"`{item.variable}`", _default(item), item.field.description)
        for item in settings()
        if item.field.description
    ]
    return rows(("In the file", "In the environment", "Default", "What it is"), body)


def example() -> str:
    """The example file: every key commented out, with its default or an example."""
    top = [item for item in _keys(Settings) if item.section is None]
    tables = [_table(item) for item in _keys(Settings) if item.section]
    return "\n".join((HEADER, *(_line(item) for item in top), *tables))


def _table(item: Setting) -> str:
    """One table of the example file; a nested table is written inline."""
    head = f"[[{item.name}]]" if item.many else f"[{item.name}]"
    about = "\n".join(f"# {words}" for words in _about(item))
    return f"{about}\n#{head}\n" + "".join(_line(key) for key in _keys_of(item))


def _line(item: Setting) -> str:
    value = EXAMPLES.get(item.name)
    if value is None:
        value = json.dumps(item.default, ensure_ascii=False)
    inner = "".join(f"#   {key.path[-1]}: {key.field.description}\n" for key in _keys_of(item))
    return f"# {item.field.description}\n{inner}#{item.path[-1]} = {value}\n"


def _about(item: Setting) -> Iterator[str]:
    """A table's description: the first line of its class's docstring, and that of its field."""
    if item.section and item.section.__doc__:
        yield item.section.__doc__.splitlines()[0]
    if item.field.description:
        yield item.field.description


def _default(item: Setting) -> str:
    if item.field.is_required():
        return "needed"
    return "none" if item.section or item.default in (None, (), {}) else f"`{item.default}`"


def _below(item: Setting) -> Iterator[Setting]:
    for key in _keys_of(item):
        yield key
        yield from _below(key)


def _keys_of(item: Setting) -> Iterator[Setting]:
    if item.section:
        yield from _keys(item.section, item.path, item.many)


def _keys(model: type[BaseModel], above: tuple[str, ...] = (), many: bool = False) -> Iterator[Setting]:
    for name, field in model.model_fields.items():
        several = many or get_origin(field.annotation) is tuple
        yield Setting((*above, name), field, _section(field.annotation), several)


def _section(annotation: Any) -> type[BaseModel] | None:
    """The model inside the annotation `Section`, `Section | None` or `tuple[Section, ...]`; None when there is none."""
    inside = (annotation, *get_args(annotation))
    return next((part for part in inside if isinstance(part, type) and issubclass(part, BaseModel)), None)
