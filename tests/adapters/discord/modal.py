"""Reads what Discord was given to show: a form's fields and their values, and the names of a choice."""

from typing import Any

JSON = dict[str, Any]


def names(choice: JSON) -> set[str]:
    said = [choice["name"], choice["value"], *(choice.get("name_localizations") or {}).values()]
    return {str(one).casefold() for one in said} | {str(one).casefold().replace("_", " ") for one in said}


def fields(modal: JSON) -> list[JSON]:
    """The fields of a form, without the texts beside them."""
    return [one["component"] for one in modal["components"] if "component" in one]


def first_text(modal: JSON) -> str:
    return next(str(one["custom_id"]) for one in fields(modal) if one["type"] == 4)


def preset(modal: JSON) -> JSON:
    """What a form shows filled in."""
    found: JSON = {}
    for component in fields(modal):
        chosen = [option["value"] for option in component.get("options", ()) if option.get("default")]
        if chosen or component.get("value"):
            found[component["custom_id"]] = chosen[0] if chosen else component["value"]
    return found
