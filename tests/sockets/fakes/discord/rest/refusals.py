"""What Discord says no to, with its own codes and words."""

import math
from typing import Any


class Refused(Exception):
    """The server says no.

    Attributes:
        status: of HTTP.
        code: Discord's own, more exact.
        content: the whole answer.
        headers: besides the usual ones.
    """

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.code = status, code
        self.content = {"message": message, "code": code, **more}
        self.headers: dict[str, str] = {}


def limited(seconds: float, scope: str = "user", code: int = 0, message: str = "") -> Refused:
    """Too many requests; `scope` is user, shared or global."""
    said = message or "You are being rate limited."
    refusal = Refused(429, code, said, retry_after=seconds, **{"global": scope == "global"})
    refusal.headers = {"Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope}
    if scope == "global":
        refusal.headers["X-RateLimit-Global"] = "true"
    return refusal


def unauthorized() -> Refused:
    return Refused(401, 0, "401: Unauthorized")


def nowhere() -> Refused:
    return Refused(404, 0, "404: Not Found")


def unknown_channel() -> Refused:
    return Refused(404, 10003, "Unknown Channel")


def unknown_guild() -> Refused:
    return Refused(404, 10004, "Unknown Guild")


def unknown_member() -> Refused:
    return Refused(404, 10007, "Unknown Member")


def unknown_message() -> Refused:
    return Refused(404, 10008, "Unknown Message")


def unknown_user() -> Refused:
    return Refused(404, 10013, "Unknown User")


def unknown_webhook() -> Refused:
    return Refused(404, 10015, "Unknown Webhook")


def unknown_interaction() -> Refused:
    return Refused(404, 10062, "Unknown interaction")


def too_many_creates() -> Refused:
    message = "Max number of daily application command creates has been reached (200)"
    return limited(86_400.0, code=30034, message=message)


def too_large() -> Refused:
    return Refused(413, 40005, "Request entity too large")


def acknowledged() -> Refused:
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> Refused:
    return Refused(403, 50001, "Missing Access")


def not_the_author() -> Refused:
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> Refused:
    return Refused(400, 50006, "Cannot send an empty message")


def closed_to_bots() -> Refused:
    return Refused(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> Refused:
    return Refused(403, 50013, "Missing Permissions")


def archived() -> Refused:
    return Refused(400, 50083, "Thread is archived")


def no_history() -> Refused:
    return Refused(400, 160002, "Cannot reply without permission to read message history")


def expired_token() -> Refused:
    return Refused(401, 50027, "Invalid Webhook Token")


class Form:
    """Collects what is wrong with a form, field by field."""

    def __init__(self) -> None:
        self.errors: dict[str, Any] = {}

    def wrong(self, path: str, code: str, message: str) -> None:
        """Note one thing; the path is as in `components.0.components.1.label`."""
        place = self.errors
        for part in path.split("."):
            place = place.setdefault(part, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def sized(self, path: str, value: object, most: int, least: int = 0) -> None:
        """A text's or list's length, when there is one."""
        size = len(value) if isinstance(value, str | list) else 0
        if least and not least <= size <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif size > most:
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def close(self) -> None:
        """Say what is wrong, if anything.

        Raises:
            Refused: with the code 50035.
        """
        if self.errors:
            raise Refused(400, 50035, "Invalid Form Body", errors=self.errors)
