"""What an erased moderator gave as a reason leaves the news on its way: the words, and the link below them."""

import pytest

from bot.locales import reasons
from bot.locales.speech import Languages
from bot.operations.assembly import LOCALES
from bot.ports.reply import Paragraph, Reply, Strong, flat
from bot.privacy.reasons import without

SPEECH = Languages(LOCALES).speech("en")
LINK = "https://example.org/hours"


@pytest.mark.parametrize("words", ["", "It is there already: {link}", "Since Monday", "See {link} at the desk"])
def test_a_reason_with_its_link_goes_whole(words: str) -> None:
    note = reasons.joined(words, LINK)
    told = tuple(Paragraph(line) for line in reasons.lines(SPEECH, note))
    kept = Paragraph((Strong("#12"), " is now done."))
    assert LINK in "".join(flat(one.text) for one in told)
    assert without(Reply((kept, *told)), [note]) == Reply((kept,))
    assert without(Reply((kept, *told)), ["Another"]) == Reply((kept, *told))
