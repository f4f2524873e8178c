"""Stores in which server each place is, so that it is known when its channel is gone."""

from collections.abc import Mapping

from sqlmodel import Session, col, update

from storage.models import Place


def remember(session: Session, platform: str, servers: Mapping[str, str]) -> None:
    """Store the servers of places.

    Args:
        servers: by the place's id on the platform, the id of its server.
    """
    for external_id, server in servers.items():
        here = update(Place).where(col(Place.platform) == platform, col(Place.external_id) == external_id)
        session.exec(here.values(server=server))
