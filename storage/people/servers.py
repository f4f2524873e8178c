"""Stores in which server each place is, so that it is known when its channel is gone."""

from collections.abc import Mapping

from sqlalchemy import Executable, bindparam, update
from sqlmodel import Session, col

from storage.engine.loading import loaded
from storage.models import Place


def remember(session: Session, platform: str, servers: Mapping[str, str]) -> None:
    """Store the servers of places.

    Args:
        servers: by the place's id on the platform, the id of its server.
    """
    for external_id, server in servers.items():
        _remember.all(session, {"platform": platform, "external_id": external_id, "in_server": server})


# Run for each place when the bot starts: built once, since building a statement takes longer than running it.
@loaded(Place, anew=True)
def _remember(_: str) -> Executable:
    here = (col(Place.platform) == bindparam("platform"), col(Place.external_id) == bindparam("external_id"))
    return update(Place).where(*here).values(server=bindparam("in_server")).returning(Place)
