"""Help in the demo: what it names works there."""

from itertools import product

from adapters.web.personas import CAST
from bot.core import Core
from bot.demo.story import PLACE, STAFF
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.ports.inbound import Chat, Inbound
from bot.ports.plain import plain


async def test_no_code_is_asked_for_where_the_demo_is_set_up(demo: Core) -> None:
    app = App(demo, Policy(demo.settings.limits))
    places = [*((person, PLACE) for person in CAST.visitors.values()), (CAST.staff, STAFF)]
    for number, (language, (person, place)) in enumerate(product(("en", "fr"), places)):
        chat = Chat(place.platform, place.place, staff=place is STAFF)
        asked = Inbound(f"event-{number}", person.actor(language), chat, demo.clock.now(), command="help")
        reply = await app.handle(asked)
        assert reply
        shown = plain(reply)
        assert f"/{'suggerer' if language == 'fr' else 'suggest'}" in shown, (language, person.id)
        found = [word for word in ("CODE", "/setup", "/installer", "portevoix code") if word in shown]
        assert found == [], (language, person.id)
