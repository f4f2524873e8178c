"""What listening brought in a full month, word for word: the short reply, how it is counted, and the page."""

from bot.core import Core
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import Document
from tests.clock import StillClock
from tests.golden.conftest import Agree
from tests.golden.diary import MONDAY, Diary, full_week
from tests.golden.words import WORDS
from tests.stage import BareStage, Person


async def test_the_report_and_its_page_say_what_was_agreed(
    core: Core, stage: BareStage, clock: StillClock, language: str, agree: Agree
) -> None:
    await core.store.write(lambda session: full_week(Diary(session, core, WORDS[language])))
    clock.time = MONDAY
    omar = Person(stage, "omar", Role.MODERATOR, language)
    reply = await stage.do(omar, text="/impact 60 days")
    assert reply
    agree("impact", plain(reply))
    (page,) = [block for block in reply.blocks if isinstance(block, Document)]
    agree("impact page", page.content.decode())
    await omar.presses({"en": "How it is counted", "fr": "Comment c’est compté"}[language])
    agree("impact counted", omar.hears())
