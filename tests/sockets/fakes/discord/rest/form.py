"""A request as Discord reads it: JSON, or JSON beside files."""

import json
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.journal import Upload

FILE = re.compile(r"files\[(\d+)\]")


async def read(method: str, request: web.Request) -> Call:
    """The request's parts."""
    token = request.headers.get("Authorization", "").removeprefix("Bot ")
    payload, files = await _body(request)
    return Call(method, dict(request.match_info), dict(request.query), payload, files, token)


async def _body(request: web.Request) -> tuple[Any, list[Upload]]:
    if request.content_type == "multipart/form-data":
        fields: Mapping[str, Any] = await request.post()
        named = [(FILE.fullmatch(name), value) for name, value in fields.items()]
        files = {int(name[1]): value for name, value in named if name and isinstance(value, FileField)}
        return json.loads(fields.get("payload_json", "{}")), [_upload(files[number]) for number in sorted(files)]
    body = await request.read() if request.can_read_body else b""
    return (json.loads(body) if body else None), []


def _upload(file: FileField) -> Upload:
    return Upload(file.filename, file.content_type, file.file.read())
