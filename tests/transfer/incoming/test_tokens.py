"""Discord's tokens in an exported text become words, and no account number stays."""

from zoneinfo import ZoneInfo

from bot.transfer.incoming.values.tokens import with_words
from tests.transfer.incoming.desk import Desk

NUMBER = "123456789012345678"


def test_tokens_become_words() -> None:
    cases: list[tuple[str, str]] = [
        (f"<@{NUMBER}> and <@!{NUMBER}>, <@&{NUMBER}>", "@someone and @someone, @role"),
        (f"in <#{NUMBER}> <a:party:{NUMBER}>", "in #channel :party:"),
        (f"</suggest add:{NUMBER}> by <t:1772532000:R>", "/suggest add by 2026-03-03 11:00"),
        ("<t:9999999999999>", "9999999999999"),
        ("2 < 3, <b>, <@5>", "2 < 3, <b>, <@5>"),
    ]
    assert [(text, with_words(text, ZoneInfo("Europe/Paris"))) for text, _ in cases] == cases


async def test_an_imported_idea_has_words_for_them(desk: Desk) -> None:
    await desk.brings("text,reason\nAsk <@123456789012345678> in <#123456789012345678>,\n")
    assert [item.text for item in await desk.items()] == ["Ask @someone in #channel"]
