"""Help in the demo: what it names works there."""

import pytest

from adapters.web.personas import CAST, Persona
from bot.core import Core
from bot.demo.story import PLACE, STAFF
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Chat, Inbound
from bot.ports.plain import plain
from bot.settings.config import StaffPlace


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("person", "place"),
    [*((person, PLACE) for person in CAST.visitors.values()), (CAST.staff, STAFF)],
    ids=lambda value: value.id if isinstance(value, Persona) else value.place,
)
async def test_no_code_is_asked_for_where_the_demo_is_set_up(
    demo: Core, person: Persona, place: StaffPlace, language: str
) -> None:
    chat = Chat(place.platform, place.place, staff=place is STAFF)
    app = App(demo, Policy(demo.settings.limits))
    reply = await app.handle(Inbound("event-help", person.actor(language), chat, demo.clock.now(), command="help"))
    assert reply
    shown = plain(reply)
    assert f"/{'suggerer' if language == 'fr' else 'suggest'}" in shown
    assert not [word for word in ("CODE", "/setup", "/installer", "portevoix code") if word in shown]
