"""Presets of communities: areas and words for a company, an association, an institution, or colleagues."""

from collections.abc import Mapping

from bot.locales.words import Preset, mark

IMPACTS: Mapping[Preset, Mapping[str, str]] = {
    Preset.COMPANY: {
        mark("Product"): "Innovation",
        mark("Price and offer"): "Image",
        mark("Availability"): "Quality",
        mark("Communication"): "Understanding",
        mark("Help"): "Support",
        mark("Quality"): "Quality",
        mark("Working here"): "Image",
    },
    Preset.ASSOCIATION: {
        mark("Actions"): "Innovation",
        mark("Volunteers"): "Support",
        mark("Gifts and membership"): "Image",
        mark("Information"): "Understanding",
    },
    Preset.INSTITUTION: {
        mark("Procedures"): "Innovation",
        mark("Waiting times"): "Quality",
        mark("Information"): "Understanding",
        mark("Accessibility"): "Support",
    },
    Preset.INTERNAL: {
        mark("Work"): "Quality",
        mark("Tools"): "Innovation",
        mark("Life together"): "Support",
    },
}
"""By preset, its areas, each with the impact it belongs to."""

REGISTER: Mapping[Preset, Mapping[str, Mapping[str, str]]] = {
    Preset.COMPANY: {},
    Preset.ASSOCIATION: {
        "en": {"suggestion": "idea", "suggestions": "ideas"},
        "fr": {"suggestion": "idée", "suggestions": "idées"},
    },
    Preset.INSTITUTION: {
        "en": {"problem": "difficulty", "problems": "difficulties"},
        "fr": {"problem": "difficulté", "problems": "difficultés"},
    },
    Preset.INTERNAL: {
        "en": {"suggestion": "idea", "suggestions": "ideas"},
        "fr": {"suggestion": "idée", "suggestions": "idées"},
    },
}
"""By preset and language, the words that replace the usual ones."""


def areas_of(preset: str | None) -> tuple[str, ...]:
    """The areas of a preset; none without one."""
    return tuple(IMPACTS.get(Preset(preset), ())) if preset else ()
