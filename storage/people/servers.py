"""Stores the server of each place, so that it is still known when the channel was deleted."""

from collections.abc import Mapping

from sqlalchemy import Executable, bindparam, update
from sqlmodel import Session, col

from storage.engine.loading import loaded
from storage.models import Place


def remember(session: Session, platform: str, servers: Mapping[str, str]) -> None:
    """Store the servers of places.

    Args:
        servers: the server's id by the place's platform id.
    """
    for external_id, server in servers.items():
        _remember.all(session, {"platform": platform, "external_id": external_id, "in_server": server})


# Run for each place when the bot starts: built once, since building a statement takes longer than running it.
@loaded(Place, anew=True)
def _remember(_: str) -> Executable:
    here = (col(Place.platform) == bindparam("platform"), col(Place.external_id) == bindparam("external_id"))
    return update(Place).where(*here).values(server=bindparam("in_server")).returning(Place)
