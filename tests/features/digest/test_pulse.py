"""/pulse: how things stand now."""

from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.stage import BareStage, Person


async def test_three_lines_say_how_things_stand(stage: BareStage, clock: StillClock) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await ines.says("/suggest A bench in the shade")
    clock.forward(days=2)
    await ines.says("/problem The side door sticks")
    await ines.says("/ask who feeds the cat?")
    await omar.says("/pulse")
    assert omar.hears().splitlines()[:3] == [
        "3 messages this week.",
        "In the last 24 hours: 2 messages, 1 person. 1 question has no answer.",
        "2 things wait for a decision, the oldest since 4 March.",
    ]


async def test_the_first_line_names_what_many_speak_of(lived: Person) -> None:
    await lived.says("/pulse")
    first = lived.hears().splitlines()[0]
    assert first.startswith("7 people on “")
    assert first.endswith("since 6 May. Nobody is on it. Nobody the week before.")


async def test_in_french_and_a_member_does_not_see_it(stage: BareStage) -> None:
    omar, ines = Person(stage, "omar", Role.MODERATOR, language="fr"), Person(stage, "ines")
    await omar.says("/pouls")
    assert omar.hears().splitlines() == [
        "Rien de neuf, rien en attente.",
        "Ces dernières 24 heures\u00a0: rien.",
    ], "nothing is said twice, and nothing can be pressed where nothing waits"
    await ines.says("/pulse")
    ines.hears("for moderators")
