"""Links that open the private chat, and commands that can be tapped."""

from tests.stage import Person


async def test_a_link_that_leads_nowhere_welcomes(zoe: Person) -> None:
    for link in ("from_an_old_poster", "in_nowhere"):
        await zoe.says(f"/start {link}")
        zoe.hears("This bot carries your voice to Delivery team", "[Ask] [Suggest] [Problem]")


async def test_a_number_behind_a_command_is_understood_so_that_it_can_be_tapped(zoe: Person) -> None:
    await zoe.says("/suggest A bench")
    for said in ("/status_1", "/STATUT_1", "/status_1@Portevoix_bot"):
        await zoe.says(said)
        zoe.hears("Suggestion #1", "A bench")
    await zoe.says("/weather_1")
    zoe.hears("I do not know /weather_1.")
    await zoe.says("/withdraw_1 ")
    zoe.hears("#1 is withdrawn")
