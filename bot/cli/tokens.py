"""Writes a platform's token, or a community, to the settings' file, and leaves the rest of the file unchanged."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from bot.cli.terminal.opening import note
from bot.errors import OperatorError
from bot.settings.config import PREFIX, CommunitySettings

OPENING = "# Every setting is in config.example.toml; the environment wins over this file.\n"


def save_token(file: Path, platform: str, token: str, agreed: bool) -> None:
    """Write a token to the file, which is created if missing.

    Args:
        agreed: whether an existing file may be changed; if not, a note says what to write.

    Raises:
        OperatorError: another token is set already, or the file's layout does not allow adding one.
    """
    variable = f"{PREFIX}{platform.upper()}__TOKEN"
    if os.environ.get(variable):
        raise OperatorError(f"{variable} holds another token, which would win over {file}: unset it first.")
    if not file.exists():
        _write_new(file, _with_token(OPENING, platform, token))
        note(f"The token is in {file}, which only you can read.")
    elif agreed:
        _add(file, platform, token)
        note(f"The token was added to {file}; nobody but you and its group can read that.")
    else:
        note(f"{file} was left alone. Set {variable}, or put `token` under [{platform}] there.")


def save_community(file: Path, own: CommunitySettings, agreed: bool) -> None:
    """Write a community to the file, which has none yet; the file is created if missing.

    Args:
        agreed: whether an existing file may be changed; if not, a note says what to write.

    Raises:
        OperatorError: the file's layout does not allow adding one.
    """
    values = own.model_dump(include={"key", "name", "closed"})
    lines = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
    table = f"[[communities]]\n{lines}"
    if not file.exists():
        _write_new(file, f"{OPENING}\n{table}")
    elif agreed:
        text = file.read_text(encoding="utf-8")
        added = f"{text.rstrip()}\n\n{table}".lstrip()
        if not _parses_to(added, {**tomllib.loads(text), "communities": [values]}):
            raise OperatorError(f"{file} could not be added to: put this there:\n{table}")
        file.write_text(added, encoding="utf-8")
    note(f"The community is in {file}." if agreed else f"{file} was left alone. Put this there:\n{table}")


def _write_new(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
        made.write(text)


def _add(file: Path, platform: str, token: str) -> None:
    text = file.read_text(encoding="utf-8")
    before = tomllib.loads(text)
    own = before.get(platform, {})
    if "token" in own:
        raise OperatorError(f"{file} has another token under [{platform}]: change it there.")
    added = _with_token(text, platform, token)
    if not _parses_to(added, {**before, platform: {**own, "token": token}}):
        raise OperatorError(f"{file} could not be added to: put `token` under [{platform}] there.")
    # Written in place, not replaced: it may be a symbolic link, or belong to another user.
    file.chmod(file.stat().st_mode & 0o770)
    file.write_text(added, encoding="utf-8")


def _parses_to(text: str, wanted: dict[str, Any]) -> bool:
    """Whether a text is TOML with exactly these values; in some layouts of a table an added line would break it."""
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _with_token(text: str, platform: str, token: str) -> str:
    """A file's text with the token added to the platform's table, which is added too when there is none."""
    line = f"token = {json.dumps(token)}\n"
    head = re.compile(rf"^\[{platform}\][^\n]*\n", re.MULTILINE)
    if head.search(text):
        return head.sub(lambda found: found[0] + line, text, count=1)
    return f"{text.rstrip()}\n\n[{platform}]\n{line}".lstrip()
