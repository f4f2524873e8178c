"""What doctor's tests share: an installation where all is well, and its lines read."""

from pathlib import Path

from sqlmodel import Session

from storage.people import communities
from tests.cli.conftest import Shell
from tests.cli.data.test_outbox import writes

TOKEN, PLAZA, STAFF, BOT = "123456:AA-secret_of_the_bot", -1001, -1002, 123456
PLACES = (
    '[{"key": "plaza", "name": "Plaza", "timezone": "Europe/Paris",'
    f' "staff": {{"platform": "telegram", "place": "{STAFF}"}}}}]'
)


Begun = dict[str, bytes]
"""A database of each platform's, with its places."""


def begin(shell: Shell, begun: Begun, platform: str, place: str) -> None:
    """Make a database with a community's place, or copy the one that was made."""
    file = shell.home / "pv.db"
    if platform in begun:
        file.write_bytes(begun[platform])
        return
    shell.types("db", "upgrade").done()
    writes(shell, lambda session: joins(session, place, platform))
    begun[platform] = file.read_bytes()


def sound(shell: Shell, folder: Path, begun: Begun) -> Shell:
    """A key apart from the database, a staff place, a community's place, and a token that nobody was asked about."""
    key = folder / "apart/pv.key"
    key.parent.mkdir()
    (shell.home / "pv.key").rename(key)
    env = {"PORTEVOIX_KEY_FILE": str(key), "PORTEVOIX_INSECURE_KEY": "false"}
    env |= {"PORTEVOIX_COMMUNITIES": PLACES, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN}
    own = Shell(shell.home, {**shell.env, **env})
    begin(own, begun, "telegram", str(PLAZA))
    return own


def online(shell: Shell, url: str) -> Shell:
    """The same, with a Telegram that answers."""
    return Shell(shell.home, {**shell.env, "PORTEVOIX_TELEGRAM__API_URL": url})


def joins(session: Session, place: str, platform: str = "telegram") -> None:
    communities.join_place(session, communities.every(session)[0].id, platform, place, staff=False)


def finds(shell: Shell, about: str, *words: str, **env: str) -> str:
    """Check that one thing has to be mended, and how; returns its line."""
    said = shell.types("doctor", *(() if "PORTEVOIX_TELEGRAM__API_URL" in shell.env else ("--offline",)), **env)
    lines = [line for line in said.out.splitlines() if line.startswith("mend")]
    assert said.code == 1, said
    found = [line for line in lines if line.startswith(f"mend  {about}: ")]
    assert len(found) == 1, said.out
    for word in words:
        assert word in found[0], found[0]
    assert TOKEN not in said.out + said.err
    return found[0]


def notes(shell: Shell, about: str, *words: str, **env: str) -> None:
    """Check that one thing is well, with these words."""
    said = shell.types("doctor", **env)
    found = [line for line in said.out.splitlines() if line.startswith(f"ok    {about}: ")]
    assert len(found) == 1, said.out
    for word in words:
        assert word in found[0], found[0]
