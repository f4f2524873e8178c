"""A crisis reaches the staff within minutes, in one message that follows it to its end."""

from tests.features.alerts.conftest import SIGN_IN, Crisis
from tests.stage import Person

MANY = SIGN_IN + tuple(f"{text}, please help" for text in SIGN_IN)


async def test_many_people_at_once_are_told_in_one_message(crisis: Crisis) -> None:
    assert crisis.texts() == []
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    text = crisis.text()
    print(text)
    assert "16 problems, 16 people" in text
