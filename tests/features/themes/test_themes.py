"""A moderator sees what people talk about, and what is made of a theme stays in later weeks."""

from bot.core import Core
from tests.clock import StillClock
from tests.features.themes.voices import DARK, NOISE, POINTS, RELAIS, say
from tests.stage import Person


async def test_the_list_names_each_theme_with_its_people_and_its_trend_and_a_theme_what_is_most_central(
    core: Core, camille: Person, alex: Person, clock: StillClock
) -> None:
    await say(core, (*POINTS, *NOISE))
    await say(core, DARK, who="Other")
    await camille.says("/themes")
    assert "Pick-up" not in camille.hears()
    await alex.says("/themes")
    alex.hears("What people talk about", "Pick-up point closed · 6 people · new", "Dark mode · 5 people · new")
    assert "lavender" not in alex.hears()
    assert sum(line.startswith("> ") for line in alex.hears().splitlines()) == 2, "each by its most typical words"
    await alex.presses("1. Read")
    alex.hears("Pick-up point closed · 6 people · new", "> ", "[Rename]", "[Merge]", "[Mute]", "[All themes]")
    await alex.presses("2. Read")
    await alex.presses("Merge")
    await alex.presses("Pick-up point closed")
    await alex.presses("Separate them")
    alex.hears("They are two themes again.")
    await alex.presses("All themes")
    alex.hears("Pick-up point closed · 6 people", "Dark mode · 5 people")
    clock.forward(days=20)
    await alex.presses("1. Read")
    alex.hears("Nobody has talked about that for a week.")


async def test_in_french_too(core: Core, alex: Person) -> None:
    await say(core, RELAIS, language="fr")
    alex.language = "fr"
    await alex.says("/themes")
    alex.hears("Ce dont on parle", "Point relais fermé · 5 personnes · nouveau")
    await alex.presses("1. Lire")
    alex.hears("> ", "[Renommer]", "[Fusionner]", "[Mettre en silence]", "[Tous les thèmes]")


async def test_a_week_in_which_one_person_repeats_something_says_that_there_is_no_theme(
    core: Core, camille: Person, alex: Person
) -> None:
    await alex.says("/themes")
    alex.hears("No theme this week: nothing was said by several people.")
    for text in POINTS[:4]:
        await camille.says(f"/problem {text}")
    await alex.says("/themes")
    alex.hears("No theme this week")


async def test_a_name_stays_in_later_weeks_and_a_muted_theme_muted_until_it_is_not(
    core: Core, alex: Person, clock: StillClock
) -> None:
    await say(core, POINTS)
    await alex.says("/themes")
    await alex.presses("1. Read")
    await alex.presses("Rename")
    alex.hears("What should “Pick-up point closed” be called?")
    await alex.says("Shops that are shut")
    alex.hears("It is called “Shops that are shut” from now on, in later weeks too.")
    clock.forward(days=7)
    await say(core, POINTS[::-1], who="Later")
    await alex.says("/themes")
    alex.hears("Shops that are shut · 6 people · steady · 6 before")
    await alex.presses("1. Read")
    await alex.presses("Mute")
    alex.hears("It stays out of digests until it is unmuted.")
    clock.forward(days=7)
    await say(core, POINTS, who="Still later")
    await alex.says("/themes")
    alex.hears("Muted: Shops that are shut")
    await alex.presses("Unmute: Shops that are shut")
    alex.hears("It is shown again.")
    await alex.presses("All themes")
    alex.hears("Shops that are shut · 6 people")


async def test_merged_themes_stay_one(core: Core, alex: Person, clock: StillClock) -> None:
    await say(core, POINTS)
    await say(core, RELAIS, who="Other", language="fr")
    await alex.says("/themes")
    await alex.presses("2. Read")
    await alex.presses("Merge")
    alex.hears("Which theme is the same as “Point relais fermé”?")
    await alex.presses("Pick-up point closed")
    alex.hears("Both count as one theme from now on, in later weeks too.")
    await alex.presses("All themes")
    assert "relais" not in alex.hears("Pick-up point closed · 11 people")
    clock.forward(days=7)
    await say(core, POINTS, who="Later")
    await say(core, RELAIS, who="Still later", language="fr")
    await alex.says("/themes")
    assert "relais" not in alex.hears("Pick-up point closed · 11 people · steady · 11 before")


async def test_what_cannot_be_quoted_is_counted_with_its_reason(core: Core, alex: Person) -> None:
    await say(core, POINTS[:4], author_hash="mark")
    await alex.says("/themes")
    await alex.presses("1. Read")
    heard = alex.hears("4 not quoted: without a name, and fewer than five people speak of it.")
    assert ">" not in heard


async def test_what_was_imported_without_an_author_is_counted_as_such(core: Core, alex: Person) -> None:
    await say(core, POINTS, source="row:")
    await alex.says("/themes")
    alex.hears("Pick-up point closed · 6 messages without an author · new")
    await alex.presses("1. Read")
    alex.hears("6 not quoted: imported without an author.")
