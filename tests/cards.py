"""Posts the card of an item on a stage, as it is at that moment."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.feedback.display.edits import version
from bot.ports.card import Face
from bot.ports.reply import Button, Buttons, Quote, Reply, Title
from storage.items import feedback
from storage.people import communities
from tests.stage import Stage


async def show_card(stage: Stage, number: int = 1) -> None:
    """Post the card of an item, as it is now."""

    def make(session: Session) -> Face:
        home = communities.every(session)[0]
        item = feedback.by_number(session, home.id, number)
        assert item
        named = {"number": str(number)}
        support = Button("Support", "support", {**named, "read": str(version(item)), "on": "1"})
        pressed = Buttons((support, Button("Follow", "follow", {**named, "on": "1"})))
        reply = Reply((Title(f"Suggestion #{number}"), Quote(item.text), pressed), private=False)
        return Face(
            with_tokens(session, stage.core.store.keys, reply, None, stage.core.clock.now(), home.id), item.text
        )

    await stage.show_card(await stage.core.store.write(make))
