"""A call's parameters as Telegram reads them: from the address, a form, a form with files, or JSON."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from tests.sockets.fakes.journal import Upload

STRINGS = frozenset(
    {
        "action",
        "callback_query_id",
        "caption",
        "document",
        "file_id",
        "ip_address",
        "language_code",
        "message_effect_id",
        "parse_mode",
        "photo",
        "secret_token",
        "text",
        "url",
    }
)
"""Parameters that are text however much they look like JSON."""


async def read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters, with JSON in them read, and the files."""
    files: dict[str, Upload] = {}
    fields: dict[str, Any] = dict(request.query)
    match request.content_type:
        case "multipart/form-data":
            for name, value in (await request.post()).items():
                if isinstance(value, FileField):
                    files[name] = Upload(value.filename, value.content_type, value.file.read())
                else:
                    fields[name] = value
        case "application/json":
            fields |= json.loads(await request.read())
        case _:
            fields |= parse_qsl((await request.read()).decode(), keep_blank_values=True)
    return {name: _value(name, value) for name, value in fields.items()}, files


def _value(name: str, value: Any) -> Any:
    if name in STRINGS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
