"""Reads the arguments of buttons and prompts that earlier versions made."""

from collections.abc import Mapping

from storage.vocabulary import Audience, Naming

VISIBILITIES: Mapping[str, tuple[Audience, Naming]] = {
    "named": (Audience.EVERYONE, Naming.NAMED),
    "nameless": (Audience.EVERYONE, Naming.NAMELESS),
    "team": (Audience.TEAM, Naming.NAMED),
}
"""The audience and the naming that the former `visibility` stood for."""


def renew(args: Mapping[str, str]) -> Mapping[str, str]:
    """The arguments with `audience` and `name` in place of the former `visibility`; others unchanged."""
    chosen = VISIBILITIES.get(args.get("visibility", ""))
    if chosen is None:
        return args
    others = {name: value for name, value in args.items() if name != "visibility"}
    return {**others, "audience": chosen[0].value, "name": chosen[1].value}
