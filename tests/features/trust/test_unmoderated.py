"""What the trusted contacts alone read is not taken from view by a moderator, not even by one of them."""

from bot.ports.inbound import Role
from tests.stage import BareStage, Person


async def test_a_complaint_about_the_team_is_not_taken_from_view(stage: BareStage, noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="A moderator mocked my accent in front of everybody", audience="trusted", name="named")
    for name in ("sam", "alex"):
        moderator = Person(stage, name, Role.MODERATOR)
        for typed in ("/remove 1", "/remove 1 It insults somebody.", "/restore 1", "/publish 1"):
            await moderator.says(typed)
            moderator.hears("There is no #1 that you can see here.")
        await moderator.says("/status 1")
        assert "[Take from view]" not in moderator.hears()
    await noor.says("/status 1")
    noor.hears("accent", "Status: received")
