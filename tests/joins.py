"""The beginning of dialogues in which a moderator joins one item to another."""

from tests.stage import Person


async def joins(camille: Person, noor: Person, alex: Person) -> None:
    """Camille's #1 and Noor's #2 say the same, and Alex joins the second to the first."""
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await alex.says("/jointo 2 1")
    alex.hears("> Somewhere to sit by the bus", "> A bench at the stop", "Do both say the same?")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter). 1 author will be told.", "[Separate #2]")
