"""The settings of a community's areas, and of what is severe: what cannot be used is refused with what to change."""

from pathlib import Path

from bot.errors import OperatorError
from bot.settings.config import load

COMMUNITY = """
[[communities]]
key = "plaza"
name = "Plaza"
areas = ["Shop", "Delivery"]
"""


def read(folder: Path, more: str) -> str:
    """The refusal of a file, or nothing."""
    file = folder / "config.toml"
    file.write_text(f"{COMMUNITY}{more}")
    try:
        load(file)
    except OperatorError as error:
        return str(error)
    return ""


def test_areas_have_their_place_team_and_answer_time(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    routes = """
    [[communities.routes]]
    area = "shop"
    staff = { platform = "telegram", place = "-1001" }
    team = "Shop desk"
    answer_days = 5
    at_once = true
    """
    file.write_text(f"{COMMUNITY}{routes}")
    (route,) = load(file).communities[0].routes
    assert (route.area, route.team, route.answer_days, route.at_once) == ("shop", "Shop desk", 5, True)


def test_what_cannot_be_used_is_refused(tmp_path: Path) -> None:
    cases: list[tuple[str, str]] = [
        ('[[communities.routes]]\narea = "Garden"', "has no area Garden: there is Shop, Delivery"),
        ('[[communities.routes]]\narea = "Shop"\n[[communities.routes]]\narea = "shop"', "has Shop twice"),
        ('[[communities.routes]]\narea = "Shop"\nanswer_days = 0', "greater than or equal to 1"),
        ('[[communities.routes]]\narea = "Shop"\nteems = "x"', "Known here: area, staff, team, answer_days, at_once"),
        ("[communities.severity]\npeople = -1", "greater than or equal to 0"),
        ("[communities.severity]\nhours = 0", "greater than or equal to 1"),
    ]
    assert [(more, said) for more, said in cases if said not in read(tmp_path, more)] == []
