"""A file of the bot's is attached to a message that only its reader sees."""

import json

from adapters.discord.outgoing.drawing.render import Enclosure, render
from bot.ports.reply import Document, Reply, say
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def test_a_copy_of_ones_data_is_attached_and_private(discord: DiscordStage, mia: Person) -> None:
    await mia.says("/suggest Sunday opening")
    result = await discord.slash(mia, "mydata")
    assert result.response
    assert result.response.ephemeral
    (file,) = result.response.attachments
    assert file.filename.startswith("mydata-")
    found = json.loads(discord.env.backend.cdn.get(file.url) or b"")
    assert found["feedback"][0]["text"] == "Sunday opening"


def test_two_files_do_not_share_a_message() -> None:
    files = [Document("a.zip", "application/zip", b"a"), Document("b.zip", "application/zip", b"b")]
    words, second = render(Reply((*say("Two.").blocks, *files)))
    assert (words.content, words.files) == ("Two.", (Enclosure("a.zip", b"a"),))
    assert (second.content, second.files) == ("", (Enclosure("b.zip", b"b"),))
