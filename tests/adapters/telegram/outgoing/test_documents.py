"""A file of the bot's comes as a document, in the private chat alone."""

import json

from bot.core import Core
from tests.adapters.telegram.stage import GROUP, telegram_stage
from tests.stage import Person


async def test_a_copy_asked_for_in_a_group_comes_as_a_document_in_the_private_chat(core: Core) -> None:
    async with telegram_stage(core) as telegram:
        mia = Person(telegram, "Mia")
        await mia.says("/suggest Sunday opening")
        await telegram.write(mia, "/mydata")
        (sent,) = (call for call in telegram.fake.journal.calls if call.method == "sendDocument")
        assert sent.chat == telegram.account(mia)["id"]
        (file,) = sent.files.values()
        assert file.name.startswith("mydata-")
        assert json.loads(file.content)["feedback"][0]["text"] == "Sunday opening"
        assert "Asked for among others, sent here" in "".join(telegram.told_alone(mia)[-2:])
        assert not [text for text in telegram.seen_in(GROUP) if "kept about you" in text]
