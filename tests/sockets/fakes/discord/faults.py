"""What can go wrong between Discord and a bot, in Discord's own words."""

from dataclasses import dataclass

from tests.sockets.fakes.discord.rest.refusals import Refused, limited
from tests.sockets.fakes.faults import Trouble


@dataclass
class Fault(Trouble):
    """One thing that goes wrong, a few times: beside what goes wrong anywhere, what only this platform says.

    Attributes:
        status: the answer's; 0 leaves the answer as it would be.
        code: Discord's own.
        retry_after: seconds, of a 429.
        scope: of a 429: user, shared or global.
        via: whether the answer bears the mark of Discord's own proxy; Cloudflare's bans do not.
        late: whether the request took effect before the page.
    """

    status: int = 0
    code: int = 0
    message: str = ""
    retry_after: float = 0.0
    scope: str = "user"
    via: bool = True
    late: bool = False

    def refusal(self) -> Refused:
        """What the server says."""
        if self.status == 429:
            return limited(self.retry_after, self.scope, self.code, self.message)
        return Refused(self.status, self.code, self.message)


def flooded(seconds: float = 1.0, scope: str = "user") -> Fault:
    return Fault(status=429, retry_after=seconds, scope=scope)


def banned() -> Fault:
    """Cloudflare answers instead of Discord: too many invalid requests came from this address."""
    return Fault(status=429, via=False, page="<html><title>Access denied | discord.com used Cloudflare</title></html>")


def broken(status: int = 500) -> Fault:
    return Fault(status=status, message=f"{status}: Internal Server Error")


def page(status: int = 502, text: str = "<html><h1>502 Bad Gateway</h1></html>") -> Fault:
    return Fault(status=status, page=text)


def timed_out() -> Fault:
    """The request takes effect, and a proxy does not wait for the answer."""
    return Fault(status=504, page="<html><h1>504 Gateway Time-out</h1></html>", late=True)


def revoked() -> Fault:
    return Fault(status=401, message="401: Unauthorized")


def closed_to_bots() -> Fault:
    return Fault(status=403, code=50007, message="Cannot send messages to this user")


def missing_permissions() -> Fault:
    return Fault(status=403, code=50013, message="Missing Permissions")


def missing_access() -> Fault:
    return Fault(status=403, code=50001, message="Missing Access")


def lost_channel() -> Fault:
    return Fault(status=404, code=10003, message="Unknown Channel")


def dropped() -> Fault:
    """The connection breaks before the request is read: nothing happened. (aiohttp repeats a GET once by itself.)"""
    return Fault(drop="before")


def unanswered() -> Fault:
    """The request takes effect and its answer is lost."""
    return Fault(drop="after")


def slow(seconds: float) -> Fault:
    """The answer comes late; the request takes effect at once."""
    return Fault(delay=seconds)
