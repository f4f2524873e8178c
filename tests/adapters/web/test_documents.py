"""A file of the bot's is a link that downloads it, seen by the one person it is for."""

import json
from base64 import b64decode

from tests.adapters.web.looks import _articles, _look
from tests.adapters.web.stage import WebStage
from tests.stage import Person


async def test_a_copy_of_ones_data_is_a_download(page: WebStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    await camille.says("/mydata")
    (link,) = _articles(await _look(page, camille))[-1].all("a")
    assert link.attributes["download"].startswith("mydata-")
    head, _, content = link.attributes["href"].partition(";base64,")
    assert head == "data:application/json"
    assert json.loads(b64decode(content))["feedback"][0]["text"] == "A dark theme"
    assert not _articles(await _look(page, noor))
