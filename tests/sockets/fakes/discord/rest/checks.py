"""What Discord refuses in a message or a modal."""

from collections.abc import Iterator, Sequence
from typing import Any

from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.rest.refusals import Form
from tests.sockets.fakes.journal import Upload

JSON = dict[str, Any]
ROW, BUTTON, SELECT, INPUT, DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
LINK = 5
V2 = 1 << 15
"""The flag of messages that are components only."""
MOST_BYTES = 10 * 1024 * 1024
EMBED = {"title": 256, "description": 4096}


def message(payload: JSON, files: Sequence[Upload], kept: Sequence[object] = ()) -> None:
    """A message to post, or one as it is after an edit; `kept` are its files from before.

    Raises:
        Refused: it is empty, too long or not well-formed.
    """
    if any(len(file.content) > MOST_BYTES for file in files):
        raise refusals.too_large()
    form = Form()
    form.sized("content", payload.get("content"), 2000)
    _embeds(form, payload.get("embeds") or [])
    rows = payload.get("components") or []
    if payload.get("flags", 0) & V2:
        _v2(form, payload, rows)
    else:
        _rows(form, rows)
    if payload.get("enforce_nonce") or payload.get("nonce"):
        form.sized("nonce", str(payload.get("nonce") or ""), 25, 1)
    form.close()
    if not ((payload.get("content") or "").strip() or payload.get("embeds") or rows or files or kept):
        raise refusals.empty_message()


def _embeds(form: Form, embeds: list[JSON]) -> None:
    form.sized("embeds", embeds, 10)
    total = 0
    for number, embed in enumerate(embeds):
        texts = list(_embedded(f"embeds.{number}", embed))
        for path, text, most in texts:
            form.sized(path, text, most, 0 if most == 4096 or path.endswith(".title") else 1)
        form.sized(f"embeds.{number}.fields", embed.get("fields") or [], 25)
        total += sum(len(text) for _, text, _ in texts)
    if total > 6000:
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _embedded(path: str, embed: JSON) -> Iterator[tuple[str, str, int]]:
    """The texts of an embed: where, what, how long it may be."""
    for name, most in EMBED.items():
        yield f"{path}.{name}", embed.get(name) or "", most
    if "footer" in embed:
        yield f"{path}.footer.text", embed["footer"].get("text") or "", 2048
    if "author" in embed:
        yield f"{path}.author.name", embed["author"].get("name") or "", 256
    for number, one in enumerate(embed.get("fields") or []):
        yield f"{path}.fields.{number}.name", one.get("name") or "", 256
        yield f"{path}.fields.{number}.value", one.get("value") or "", 1024


def _rows(form: Form, rows: list[JSON]) -> None:
    form.sized("components", rows, 5)
    for number, row in enumerate(rows):
        path = f"components.{number}"
        if row.get("type") != ROW:
            form.wrong(f"{path}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).')
            continue
        form.sized(f"{path}.components", row.get("components") or [], 5, 1)
        for place, one in enumerate(row.get("components") or []):
            _control(form, f"{path}.components.{place}", one)
    _unique(form, [one for row in rows for one in row.get("components") or []])


def _v2(form: Form, payload: JSON, components: list[JSON]) -> None:
    for name in ("content", "embeds"):
        if payload.get(name):
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            form.wrong(name, code, f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
    everything = list(nested(components))
    form.sized("components", everything, 40, 1)
    shown = sum(len(one.get("content", "")) for one in everything if one.get("type") == DISPLAY)
    if shown > 4000:
        form.wrong("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Must be 4000 or fewer in length.")
    for number, one in enumerate(everything):
        _control(form, f"components.{number}", one)
    _unique(form, everything)


def nested(components: list[JSON]) -> Iterator[JSON]:
    """Components and all within them."""
    for one in components:
        yield one
        within = [one.get("accessory"), one.get("component"), *(one.get("components") or [])]
        yield from nested([inner for inner in within if inner])


def _control(form: Form, path: str, one: JSON) -> None:
    """A button, a menu or a field."""
    kind = one.get("type")
    if kind == BUTTON:
        form.sized(f"{path}.label", one.get("label") or "", 80)
        if not (one.get("label") or one.get("emoji")):
            form.wrong(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji")
    if "custom_id" in one or (kind in {BUTTON, SELECT, INPUT} and one.get("style") != LINK):
        form.sized(f"{path}.custom_id", one.get("custom_id") or "", 100, 1)
    if kind == SELECT:
        form.sized(f"{path}.options", one.get("options") or [], 25, 1)
        for number, option in enumerate(one.get("options") or []):
            form.sized(f"{path}.options.{number}.label", option.get("label"), 100, 1)
            form.sized(f"{path}.options.{number}.value", option.get("value"), 100, 1)
            form.sized(f"{path}.options.{number}.description", option.get("description"), 100)


def _unique(form: Form, components: list[JSON]) -> None:
    names = [one["custom_id"] for one in components if one.get("custom_id")]
    if len(names) > len(set(names)):
        form.wrong("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")


def modal(data: JSON) -> None:
    """A modal to open.

    Raises:
        Refused: it is too long or not well-formed.
    """
    form, components = Form(), data.get("components") or []
    form.sized("title", data.get("title") or "", 45, 1)
    form.sized("custom_id", data.get("custom_id") or "", 100, 1)
    form.sized("components", components, 5, 1)
    for number, one in enumerate(components):
        path = f"components.{number}"
        if one.get("type") == LABEL:
            form.sized(f"{path}.label", one.get("label") or "", 45, 1)
            form.sized(f"{path}.description", one.get("description"), 100)
        elif one.get("type") not in {ROW, DISPLAY}:
            form.wrong(f"{path}.type", "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')
    for one in nested(components):
        _control(form, "components", one)
        form.sized("components", one.get("placeholder"), 150 if one.get("type") == SELECT else 100)
    _unique(form, list(nested(components)))
    form.close()
